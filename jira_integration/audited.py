"""What the audit log tells of the Jira room: the words, and the columns; of secrets none."""

from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    Successor,
    WebhookReceiver,
)
from okr.audit.area import Area
from okr.audit.portraits import Noun, columns, secret
from okr.slots import fill

NOUNS = (
    Noun(
        IntegrationSettings,
        "jira settings",
        columns(
            enabled="Progress updates",
            to_do="To Do",
            in_progress="In Progress",
            done="Done",
            who_may_link="Who may link",
        ),
    ),
    Noun(
        JiraConnection,
        "jira site",
        (
            *columns(
                name="Name",
                server="Server",
                hosting="Edition",
                email="Email address",
                account_name="Account",
                secret="Kind of token",  # noqa: S106  a label
            ),
            secret("Token", "token_saved_at"),
            *columns(
                token_expires_on="Token ends on",  # noqa: S106  a label
                only_chosen="Only chosen projects",
                as_person="Linking as oneself",
                suspended="Stopped",
            ),
        ),
    ),
    Noun(
        Successor,
        "jira successor",
        (
            *columns(email="Email address", account_name="Account"),
            secret("Token", "sealed_token"),
            *columns(ends_on="Ends on", takes_over_on="Takes over on"),
        ),
    ),
    Noun(
        WebhookReceiver,
        "jira webhook",
        (secret("Address", "sealed_token"), secret("Secret", "sealed_secret")),
    ),
    Noun(
        JiraWriting,
        "jira writing",
        columns(shows_key_results="Issues show key results", creates_issues="People create issues"),
    ),
)
DEEDS = {
    "turned_on": "turned on progress updates from Jira",
    "turned_off": "turned off progress updates from Jira",
    "connected": "connected {label}",
    "reconnected": "connected {label} again: {changes}",
    "renamed": "renamed {label}: {changes}",
    "removed": "removed the site {label}",
    "token_end": "said when the token of {label} ends: {changes}",
    "successor_put": "put a successor of the token of {label} in place",
    "successor_used": "used the successor of the token of {label}: {changes}",
    "successor_removed": "took away the successor of the token of {label}",
    "percentages": "changed the percentages: {changes}",
    "everybody": "allowed all users to link Jira issues",
    "selected": "allowed {people} to link Jira issues",
    "left_out": "changed which resolutions of {label} are left out: {changes}",
    "projects": "changed which projects of {label} may be linked: {changes}",
    "own_rights": "changed linking from {label}: {changes}",
    "webhook_opened": "opened an address for the events of {label}",
    "webhook_closed": "closed the address for the events of {label}",
    "into": "changed what is written into {label}: {changes}",
    "into_again": "had what {label} refused written once more",
    "accounts": "asked {label} for its accounts",
    "sync": "asked for a reading of {label}",
    "cancelled": "cancelled a reading of {label}",
}


@fill("audit.areas")
def area() -> Area:
    return Area("jira", "Jira Integration", DEEDS, NOUNS)
