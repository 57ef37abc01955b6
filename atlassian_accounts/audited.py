"""What the audit log tells of this room: the words, and the columns; of secrets none."""

from atlassian_accounts.models import AccountsSettings, OrganizationConnection
from okr.audit.area import Area
from okr.audit.portraits import Noun, columns, secret
from okr.slots import fill

NOUNS = (
    Noun(
        AccountsSettings,
        "accounts settings",
        columns(enabled="Reading accounts", removes="Removing accounts"),
    ),
    Noun(
        OrganizationConnection,
        "atlassian organization",
        (
            *columns(
                label="Label",
                source="Kind",
                admin_email="Admin email",
                admin_url="Admin URL",
                organization_id="Organization ID",
                server="Site",
            ),
            secret("Secret", "secret_saved_at"),
            *columns(suspended="Stopped", paused="Paused"),
        ),
    ),
)
DEEDS = {
    "turned_on": "turned on reading Atlassian accounts",
    "turned_off": "turned off reading Atlassian accounts",
    "connected": "connected {label}",
    "reconnected": "connected {label} again: {changes}",
    "disconnected": "disconnected {label}",
    "paused": "paused reading {label}",
    "resumed": "had {label} read again",
    "refreshed": "asked for a reading of {label}",
    "cancelled": "cancelled a reading of {label}",
    "removing_allowed": "turned on removing Atlassian accounts",
    "removing_forbidden": "turned off removing Atlassian accounts",
    "removal_asked": "asked to {deed}",
    "removal_withdrawn": "took back asking to {deed}",
    "removal_looked": "asked to look again at what became of the wish to {deed}",
    "removal_done": "{deed}, as {by} had asked",
    "removal_doubted": "got no clear answer when it was to {deed}, as {by} had asked",
    "removal_failed": "could not {deed}, as {by} had asked: {why}",
}


@fill("audit.areas")
def area() -> Area:
    return Area("accounts", "Atlassian Accounts", DEEDS, NOUNS)
