"""Who may do what at the addresses of the Confluence room; see tests/okr/matrix/README.md."""
