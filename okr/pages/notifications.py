"""What a person was told: the unread first, by what it is about and by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.utils import timezone

from okr.models import Notification, Person
from okr.pages.telling import WITH_PLACES, Told, told

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """What was told of one thing on one day, the latest first."""

    day: str
    rows: list[Told]

    @property
    def first(self) -> Told:
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    rows: "Page[Notification]"
    unread: list[Group]
    read: list[Group]
    unread_count: int
    newest: int

    @property
    def is_empty(self) -> bool:
        return not self.rows.paginator.count


def notifications_page(person: Person, number: str | None, today: date) -> NotificationsPage:
    """`newest` is the latest that there is: what comes later is not marked with the rest."""
    shown = unread_first(person)
    rows = Paginator(shown, ROWS_A_PAGE).get_page(number)
    found = told(list(rows.object_list))
    counts = shown.aggregate(unread=Count("pk", filter=Q(read_at=None)), newest=Max("pk"))
    return NotificationsPage(
        rows=rows,
        unread=groups((each for each in found if not each.notification.read_at), today),
        read=groups((each for each in found if each.notification.read_at), today),
        unread_count=counts["unread"],
        newest=counts["newest"] or 0,
    )


def unread_first(person: Person) -> QuerySet[Notification]:
    shown = Notification.objects.shown_to(person).select_related(*WITH_PLACES)
    unread = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return shown.order_by(unread, "-at", "-id")


def unread_count(person: Person) -> int:
    """One query; what one may not see does not count."""
    return Notification.objects.shown_to(person).unread().count()


def groups(rows: Iterable[Told], today: date) -> list[Group]:
    by_thing: dict[tuple[date, str], list[Told]] = {}
    for row in rows:
        day = timezone.localdate(row.notification.at)
        by_thing.setdefault((day, row.place), []).append(row)
    return [Group(in_words(day, today), rows) for (day, _), rows in by_thing.items()]


def in_words(day: date, today: date) -> str:
    if (today - day).days in (0, 1):
        return ("Today", "Yesterday")[(today - day).days]
    return f"{day:%-d %B}" if day.year == today.year else f"{day:%-d %B %Y}"
