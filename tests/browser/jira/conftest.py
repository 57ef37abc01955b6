"""The Jira room's fixtures, in front of a browser."""

from tests.jira_integration.conftest import connection, jira, key_result

__all__ = ["connection", "jira", "key_result"]
