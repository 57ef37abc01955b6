"""The part of Jira's query language that the sandbox understands; the rest it refuses by name."""
