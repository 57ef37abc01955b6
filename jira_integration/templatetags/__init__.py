"""What templates of the Jira room need beside the core's tags."""
