"""The nouns of the Jira room, one a file."""

from atlassian.connection import Hosting
from jira_integration.models.among import Among
from jira_integration.models.connection import JiraConnection
from jira_integration.models.counted import LinkedIssue, Unlinked
from jira_integration.models.credential_change import Cause, CredentialChange
from jira_integration.models.delivery import WebhookDelivery
from jira_integration.models.field import FieldChoice, FieldKind, JiraField
from jira_integration.models.issue import JiraIssue, mirrored
from jira_integration.models.issue_request import IssueRequest
from jira_integration.models.link import JiraLink
from jira_integration.models.measuring import Measuring
from jira_integration.models.person import JiraPerson, Match, Matched
from jira_integration.models.project import ChosenProject, outside
from jira_integration.models.reconstruction import Reconstruction
from jira_integration.models.rights import RightsReading
from jira_integration.models.settings import (
    SOURCE,
    IntegrationSettings,
    WhoMayLink,
    ordering_errors,
)
from jira_integration.models.successor import Successor
from jira_integration.models.sync_run import State, SyncRun, Trigger
from jira_integration.models.wanted import LinkKind, Wanted
from jira_integration.models.webhook import WebhookReceiver
from jira_integration.models.writing import JiraWriting, ShownKeyResult

__all__ = [
    "SOURCE",
    "Among",
    "Cause",
    "ChosenProject",
    "CredentialChange",
    "FieldChoice",
    "FieldKind",
    "Hosting",
    "IntegrationSettings",
    "IssueRequest",
    "JiraConnection",
    "JiraField",
    "JiraIssue",
    "JiraLink",
    "JiraPerson",
    "JiraWriting",
    "LinkKind",
    "LinkedIssue",
    "Match",
    "Matched",
    "Measuring",
    "Reconstruction",
    "RightsReading",
    "ShownKeyResult",
    "State",
    "Successor",
    "SyncRun",
    "Trigger",
    "Unlinked",
    "Wanted",
    "WebhookDelivery",
    "WebhookReceiver",
    "WhoMayLink",
    "mirrored",
    "ordering_errors",
    "outside",
]
