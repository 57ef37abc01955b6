"""Jira Cloud, API version 3, as far as it is called."""
