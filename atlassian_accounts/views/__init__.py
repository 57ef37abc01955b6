"""Pages of the room of Atlassian accounts: for OKR admins alone."""
