"""What the audit log tells of the Confluence room: the words, and the columns; of secrets none."""

from confluence.models import ConfluenceConnection, ConfluenceSettings, PublishedPage
from okr.audit.area import Area
from okr.audit.portraits import Noun, columns, secret
from okr.slots import fill

NOUNS = (
    Noun(
        ConfluenceSettings,
        "confluence settings",
        columns(enabled="Pages as evidence", publishing="Publishing"),
    ),
    Noun(
        ConfluenceConnection,
        "confluence",
        (
            *columns(
                server="Address",
                hosting="Edition",
                email="Email address",
                account_name="Account",
                secret="Kind of token",  # noqa: S106  a label
            ),
            secret("Token", "token_saved_at"),
            *columns(token_expires_on="Token ends on", suspended="Stopped"),  # noqa: S106
        ),
    ),
    Noun(
        PublishedPage,
        "confluence page",
        columns(title="Title", space_name="Space", version="Version"),
    ),
)
DEEDS = {
    "connected": "connected Confluence at {label}",
    "reconnected": "connected Confluence at {label} again: {changes}",
    "removed": "removed Confluence at {label}",
    "switched": "changed what Confluence is used for: {changes}",
    "published": "published {label} in Confluence: {changes}",
    "spaces": "changed where people publish at {label}: {changes}",
    "read": "asked for a reading of the pages at {label}",
}


@fill("audit.areas")
def area() -> Area:
    return Area("confluence", "Confluence", DEEDS, NOUNS)
