"""Who may do what at the addresses of the Jira room; see tests/okr/matrix/README.md."""
