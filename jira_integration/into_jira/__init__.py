"""What goes into Jira, where an admin switched that on: key results on issues, new issues."""
