"""What the page of a key result says of Jira the other way round: what issues show of it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Q

from jira_integration.into_jira.signs import seen_by_all
from jira_integration.models import JiraWriting
from jira_integration.sight import Sight
from okr.models import KeyResult

SHOWN = "Shown on {count} in Jira, with its progress."
HIDDEN = "Not shown on its issues in Jira: not everybody may read this objective."


@dataclass(frozen=True, slots=True)
class IntoSight:
    may_create: bool = False
    sentence: str = ""

    @classmethod
    def of(cls, sight: Sight) -> "IntoSight":
        """In one query."""
        mine = KeyResult.objects.filter(seen_by_all("objective__"), pk=sight.key_result.pk)
        shown = {"key_result": sight.key_result, "is_wanted": True, "sent_at__isnull": False}
        there = Q(**{f"connection__shown__{name}": value for name, value in shown.items()})
        on = JiraWriting.objects.filter(Q(shows_key_results=True) | Q(creates_issues=True))
        rows = on.annotate(
            for_all=Exists(mine), sent=Count("connection__shown", filter=there)
        ).values_list("shows_key_results", "creates_issues", "for_all", "sent")
        found = list(rows)
        shows = any(row[0] for row in found)
        creates = any(row[1] and row[2] for row in found)
        for_all, number = any(row[2] for row in found), sum(row[3] for row in found)
        told = _sentence(sight, number, for_all=for_all) if shows else ""
        return cls(sight.may_link and creates, told)


def _sentence(sight: Sight, number: int, *, for_all: bool) -> str:
    if not any(link.issue_id for link in sight.links):
        return ""
    if not for_all:
        return HIDDEN
    return SHOWN.format(count=f"{number} issue{'' if number == 1 else 's'}") if number else ""
