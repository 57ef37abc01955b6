"""What of a page is news: each answer is compared with the mirror.

Most issues are as they were. Only the others are kept, so that a reading of a large site takes
little memory and its record little time.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from jira_integration.client import Issue
from jira_integration.models import JiraIssue
from jira_integration.models.issue import filled

Standing = tuple[Any, ...]
COLUMNS = (
    *("key", "summary", "status", "category", "type_name", "resolution_id", "resolution"),
    *("project_id", "changed_at", "unreadable_since", "sizes", "fingerprint"),
)
CATEGORY, MOMENT, COMPARED, SIZES, FINGERPRINT = 3, 8, 10, 10, 11
NO_SIZES = "{}"


@dataclass(frozen=True, slots=True)
class Sieve:
    """Of one site."""

    site: int

    def look_up(self, numbers: Collection[int | str]) -> Mapping[str, int]:
        """The fingerprints of those whose mirror is what they told last."""
        rows = JiraIssue.objects.filter(connection=self.site, jira_id__among=numbers)
        told = rows.filter(unreadable_since=None).exclude(fingerprint="")
        return dict(told.values_list("fingerprint", "jira_id"))

    def standing(self, page: Collection[Issue]) -> Mapping[int, Standing]:
        """How these stand in the mirror."""
        if not page:
            return {}
        numbers = [issue.id for issue in page]
        rows = JiraIssue.objects.filter(connection=self.site, jira_id__among=numbers)
        rows = rows.annotate(sizes=Cast("numbers", TextField()))
        return {row[0]: row[1:] for row in rows.values_list("jira_id", *COLUMNS)}


def is_news(issue: Issue, before: Standing) -> bool:
    """Whether the mirror has to be written; see `mirrored`."""
    outcome = issue.resolution
    told = (
        *(issue.key, issue.summary, issue.status, issue.category, issue.type_name),
        *((outcome.id, outcome.name) if outcome else ("", "")),
        *(issue.project_id, issue.updated, None),
    )
    return told != before[:COMPARED] or sizes(before) != issue.numbers


def sizes(before: Standing) -> dict[str, Decimal]:
    """The numeric fields that it had."""
    return {} if before[SIZES] == NO_SIZES else filled(json.loads(before[SIZES]))
