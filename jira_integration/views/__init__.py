"""Pages of the Jira room."""
