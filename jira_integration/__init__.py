"""The Jira room: fills the sockets of the core. Delete it and the house stands."""
