"""Who may do what at the addresses of this room; see tests/okr/matrix/README.md."""
