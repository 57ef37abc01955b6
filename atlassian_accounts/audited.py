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
}


@fill("audit.areas")
def area() -> Area:
    return Area("accounts", "Atlassian Accounts", DEEDS, NOUNS)
