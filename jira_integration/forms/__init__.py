"""What an admin or an employee may type about Jira."""
