"""The Jira room: connects to Jira and fills the sockets of the core. Delete it and the house stands."""
