"""What a person typed to find a page → what Confluence says to it."""

from dataclasses import dataclass, field

from django.utils import timezone

from atlassian.checks import PATIENCE
from atlassian.client import AtlassianError, NotFound
from confluence.client import (
    ConfluenceClient,
    Foreign,
    NoPage,
    Page,
    PageForbidden,
    PageNumber,
    Reference,
    Titled,
    Words,
    read_reference,
)
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection

MOST_SHOWN = 8
FOREIGN = "{host} is not the connected Confluence. Paste an address of {site}, or type words."
NO_PAGE = "This address does not name a page. Open the page in Confluence and copy its address."
GONE = "Confluence has no such page, or the connected account may not see it."
REFUSED = "Confluence does not let us in at the moment. Ask an OKR admin to look at its connection."


@dataclass(slots=True)
class Found:
    """`fault` says why nothing was found out; `by_words` where the pages are a choice."""

    pages: list[Page] = field(default_factory=list)
    fault: str = ""
    by_words: bool = False


def find(connection: ConfluenceConnection, text: str) -> Found:
    """Whatever happens is told in a sentence; nothing is written but a refused connection."""
    reference = read_reference(text, connection.site)
    if isinstance(reference, Foreign):
        return Found(fault=FOREIGN.format(host=reference.host, site=connection.host))
    if isinstance(reference, NoPage):
        return Found(fault=NO_PAGE)
    if connection.refusal(timezone.now()):
        return Found(fault=REFUSED)
    try:
        with connection.client(PATIENCE) as client:
            return _ask_proven(client, reference)
    except AtlassianError as error:
        return Found(fault=_told(connection, error))


def _ask_proven(client: ConfluenceClient, reference: Reference) -> Found:
    """Nothing is there for nobody, as whom a token that has ended makes us ask."""
    try:
        found = _ask(client, reference)
    except NotFound:
        found = Found(fault=GONE)
    except PageForbidden as refused:
        found = Found(fault=WORDS.explain_to_asker(refused).sentence)
    if not found.pages:
        client.myself()
    return found


def _ask(client: ConfluenceClient, reference: Reference) -> Found:
    match reference:
        case Words(words):
            return Found(client.search(words, MOST_SHOWN), by_words=True)
        case Titled(space, title):
            page = client.page_titled(space, title)
            return Found([page]) if page else Found(fault=GONE)
        case PageNumber(number):
            page = client.page(number)
            return Found(fault=GONE) if page.in_trash else Found([page])
    raise AssertionError(reference)


def _told(connection: ConfluenceConnection, error: AtlassianError) -> str:
    """Admins learn the cause on their page; others that somebody has to look there."""
    if error.stops_connection:
        connection.failed(error, timezone.now())
        return REFUSED
    return WORDS.explain_to_asker(error).sentence
