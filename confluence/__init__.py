"""The Confluence room: pages as evidence, and OKRs as pages. Delete it and the house stands."""
