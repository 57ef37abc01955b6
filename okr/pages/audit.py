"""The audit log as a page, and as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse_lazy

from okr.audit.areas import areas
from okr.exports import Cell, Sheet
from okr.forms.audit import AuditFilters
from okr.models import AuditEntry
from okr.models.audit import AuditQuerySet
from okr.pages.counting import counted

A_PAGE, CHUNK = 25, 500
COLUMNS = (
    "at", "by", "by_email", "via", "token", "address", "kind", "action", "what", "about", "before",
    "after", "request_id",
)  # fmt: skip
MINUTE, HOUR, DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class AuditRow:
    entry: AuditEntry
    kind: str
    ago: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    filters: AuditFilters
    rows: "Page[AuditEntry]"
    now: datetime

    address = reverse_lazy("okr:audit")

    @property
    def told(self) -> str:
        found = counted(self.rows.paginator.count, "entry", "entries")
        return f"{found}, newest first"

    @property
    def entries(self) -> list[AuditRow]:
        kinds = kinds_of_action()
        return [
            AuditRow(each, kinds.get(each.area, each.area), ago(each.at, self.now))
            for each in self.rows
        ]


def audit_page(filters: AuditFilters, number: str | None, now: datetime) -> AuditPage:
    return AuditPage(filters, Paginator(filters.entries(), A_PAGE).get_page(number), now)


def audit_sheet(entries: AuditQuerySet) -> Sheet:
    return Sheet("Audit log", COLUMNS, _told(entries.iterator(CHUNK)))


def kinds_of_action() -> dict[str, str]:
    return {area.code: area.label for area in areas()}


def ago(moment: datetime, now: datetime) -> str:
    seconds = int((now - moment).total_seconds())
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min ago"
    unit, length = ("hour", HOUR) if seconds < DAY else ("day", DAY)
    return f"{counted(seconds // length, unit)} ago"


def _told(entries: Iterable[AuditEntry]) -> Iterator[tuple[Cell, ...]]:
    kinds = kinds_of_action()
    for each in entries:
        yield (
            each.at,
            each.by_name,
            each.by_email,
            each.get_via_display(),
            each.token,
            each.address,
            kinds.get(each.area, each.area),
            each.action,
            each.sentence,
            each.about_label,
            _side(each, 1),
            _side(each, 2),
            each.request_id,
        )


def _side(entry: AuditEntry, place: int) -> str:
    return "; ".join(f"{row[0]}: {row[place]}" for row in entry.changes if row[place])
