"""What one person is shown, as files: what waits for them, what they were told, what they found."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from okr.exports import Cell, Sheet
from okr.models import Approval, Notification, Person
from okr.models.approval import waiting_for
from okr.pages.approvals import listed, sent_by
from okr.pages.notifications import unread_first
from okr.pages.search import KINDS, Search
from okr.pages.telling import Told
from okr.slots import Hit

CHUNK = 500
APPROVALS = (
    "list", "objective", "level", "unit", "owner", "state", "last_step_at", "said_by", "said",
)  # fmt: skip
NOTIFICATIONS = ("at", "read_at", "what", "about", "objective", "words")
FOUND = ("kind", "title", "where", "closed", "address")
Row = tuple[Cell, ...]
Address = Callable[[str], str]


def approvals_sheet(person: Person) -> Sheet:
    """Both lists of the page, one below the other."""
    lists = {"Waiting for your approval": waiting_for(person), "Sent by you": sent_by(person)}
    rows = (
        (
            name,
            objective.title,
            objective.level,
            objective.unit.name if objective.unit else "",
            objective.owner.name,
            Approval(objective.approval).label,
            objective.stepped_at,  # type: ignore[attr-defined]
            objective.said_by or "",  # type: ignore[attr-defined]
            objective.said or "",  # type: ignore[attr-defined]
        )
        for name, found in lists.items()
        for objective in listed(found).iterator(CHUNK)
    )
    return Sheet("Approvals", APPROVALS, rows)


def notifications_sheet(person: Person) -> Sheet:
    """Each notification that the pages show, in their order."""
    return Sheet("Notifications", NOTIFICATIONS, _told(unread_first(person).iterator(CHUNK)))


def _told(notifications: Iterable[Notification]) -> Iterator[Row]:
    for each in notifications:
        told = Told(each, frozenset())
        yield each.at, each.read_at, told.sentence, told.title, told.above, told.words


def search_sheet(search: Search, kind: str, others: Iterable[Hit], address: Address) -> Sheet:
    """All hits of a kind, or of every kind with those of integrations below them."""
    kinds = [KINDS[kind]] if kind in KINDS else KINDS.values()
    own = ((each.one, hit) for each in kinds for hit in search.hits(each))
    theirs = () if kind in KINDS else ((hit.under, hit) for hit in others)
    rows = (_hit(name, hit, address) for name, hit in chain(own, theirs))
    return Sheet("Search", FOUND, rows if search.words else ())


def _hit(kind: str, hit: Hit, address: Address) -> Row:
    return kind, hit.title, hit.note, "closed" if hit.closed else "", address(hit.url)
