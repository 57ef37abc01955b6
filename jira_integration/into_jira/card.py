"""What the admin's page tells of each site: what is switched on, how far it is, what failed."""

from dataclasses import dataclass

from django.db.models import Count, Q

from jira_integration.explain import Explanation
from jira_integration.models import JiraConnection, JiraWriting, ShownKeyResult

SHOWN, LOOKED_AT = 10, 500
NOTHING = (0, 0, 0, 0)
IN_A_MOMENT = 2
"""Seconds between two looks while something is being written."""


@dataclass(frozen=True, slots=True)
class WritingCard:
    """`missing` is what a switch was not turned on for, just now."""

    connection: JiraConnection
    writing: JiraWriting
    shown: int
    waiting: int
    leaving: int
    refusals: int
    refused: list[ShownKeyResult]
    missing: Explanation | None = None

    @classmethod
    def of_every_site(cls, missing: dict[int, Explanation] | None = None) -> "list[WritingCard]":
        """As many queries for ten sites as for one."""
        connections = JiraConnection.objects.select_related("writing").order_by("pk")
        counts, refused = _counts(), _refused()
        return [
            cls(
                each,
                getattr(each, "writing", None) or JiraWriting(connection=each),
                *counts.get(each.pk, NOTHING),
                refused.get(each.pk, []),
                (missing or {}).get(each.pk),
            )
            for each in connections
        ]

    @property
    def sentence(self) -> str:
        """How far it is."""
        if self.leaving:
            return f"Taking {_links(self.leaving)} out of Jira."
        if not self.writing.shows_key_results:
            return ""
        told = f"{_links(self.shown)} in Jira"
        return f"{told}, {self.waiting:,} to be written." if self.waiting else f"{told}."

    @property
    def more_refused(self) -> int:
        return self.refusals - len(self.refused)

    @property
    def is_under_way(self) -> bool:
        """Not while only a person can make it go on."""
        stands = self.writing.is_halted or self.connection.suspended
        return bool(self.waiting or self.leaving) and not stands

    @property
    def trouble(self) -> Explanation | None:
        """What keeps everything from being written; a refused account comes first."""
        return self.connection.failure if self.connection.suspended else self.writing.failure

    @property
    def pause(self) -> int:
        return IN_A_MOMENT


def _counts() -> dict[int, tuple[int, int, int, int]]:
    rows = (
        ShownKeyResult.objects.order_by()
        .values_list("connection")
        .annotate(
            shown=Count("pk", filter=Q(is_wanted=True, sent_at__isnull=False)),
            waiting=Count("pk", filter=Q(is_wanted=True, is_due=True, failure_code="")),
            leaving=Count("pk", filter=Q(is_wanted=False, failure_code="")),
            refusals=Count("pk", filter=~Q(failure_code="")),
        )
    )
    return {connection: counted for connection, *counted in rows}  # type: ignore[misc]


def _refused() -> dict[int, list[ShownKeyResult]]:
    """The first of each site."""
    found: dict[int, list[ShownKeyResult]] = {}
    rows = ShownKeyResult.objects.exclude(failure_code="").select_related("key_result", "issue")
    for row in rows.order_by("pk")[:LOOKED_AT]:
        found.setdefault(row.connection_id, []).append(row)
    return {connection: each[:SHOWN] for connection, each in found.items()}


def _links(number: int) -> str:
    return f"{number:,} web link{'' if number == 1 else 's'}"
