"""How Jira introduces its limits, and we ourselves to it."""

from atlassian.client import Dialect

from .errors import NotJira

JIRA = Dialect(
    agent="okr-jira-integration",
    stranger=NotJira,
    endpoint_limits=("jira-burst-based", "jira-per-issue-on-write"),
)
