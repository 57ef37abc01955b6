"""The Confluence room in a real browser."""
