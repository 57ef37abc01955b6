"""What the page of a key result says of Jira the other way round: what issues show of it."""

from dataclasses import dataclass

from jira_integration.into_jira.signs import is_seen_by_all
from jira_integration.models import JiraWriting, ShownKeyResult
from jira_integration.sight import Sight

SHOWN = "Shown on {count} in Jira, with its progress."
HIDDEN = "Not shown on its issues in Jira: not everybody may read this objective."


@dataclass(frozen=True, slots=True)
class IntoSight:
    may_create: bool = False
    sentence: str = ""

    @classmethod
    def of(cls, sight: Sight) -> "IntoSight":
        """One query where nothing is switched on, which is the usual."""
        on = JiraWriting.objects.values_list("shows_key_results", "creates_issues")
        shows, creates = (any(column) for column in zip(*on, strict=True)) if on else (False, False)
        wants = sight.may_link and creates
        if not ((shows and sight.links) or wants):
            return cls()
        for_all = is_seen_by_all(sight.key_result)
        return cls(wants and for_all, _sentence(sight, for_all=for_all) if shows else "")


def _sentence(sight: Sight, *, for_all: bool) -> str:
    if not any(link.issue_id for link in sight.links):
        return ""
    if not for_all:
        return HIDDEN
    shown = ShownKeyResult.objects.filter(key_result=sight.key_result, sent_at__isnull=False)
    number = shown.filter(is_wanted=True).count()
    return SHOWN.format(count=f"{number} issue{'' if number == 1 else 's'}") if number else ""
