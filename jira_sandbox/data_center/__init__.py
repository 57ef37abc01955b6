"""Jira Data Center and Server, API version 2, as far as it is called."""
