"""What of a page is news: each answer is compared with the mirror.

Most issues are as they were. Only the others are kept, so that a reading of a large site takes
little memory and its record little time.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection as database
from django.db.models import Expression, F, FloatField, Func, TextField
from django.db.models.functions import Cast

from jira_integration.client import Issue
from jira_integration.client.unchanged import COMPARED, Standing
from jira_integration.models import JiraIssue
from jira_integration.models.issue import filled

COLUMNS = (
    *("key", "summary", "status", "category", "type_name", "resolution_id", "resolution"),
    *("project_id", "moment", "unreadable_since", "sizes"),
)
CATEGORY, MOMENT, SIZES = 3, 8, 10
NO_SIZES = "{}"


@dataclass(slots=True)
class Sieve:
    """Of one site. It remembers the page that was looked up last."""

    site: int
    _last: Mapping[int, Standing] = field(default_factory=dict)

    def look_up(self, numbers: Collection[int]) -> Mapping[int, Standing]:
        """Of those that the mirror has, in one query."""
        rows = JiraIssue.objects.filter(connection=self.site, jira_id__among=numbers)
        rows = rows.annotate(moment=_seconds("changed_at"), sizes=Cast("numbers", TextField()))
        self._last = {row[0]: _in_seconds(row[1:]) for row in rows.values_list("jira_id", *COLUMNS)}
        return self._last

    def standing(self, page: Collection[Issue]) -> Mapping[int, Standing]:
        """How these stand in the mirror."""
        missing = {issue.id for issue in page} - self._last.keys()
        return self.look_up([issue.id for issue in page]) if missing else self._last


def is_news(issue: Issue, before: Standing) -> bool:
    """Whether the mirror has to be written; see `mirrored`."""
    outcome = issue.resolution
    told = (
        *(issue.key, issue.summary, issue.status, issue.category, issue.type_name),
        *((outcome.id, outcome.name) if outcome else ("", "")),
        *(issue.project_id, issue.updated and issue.updated.timestamp(), None),
    )
    return told != before[:COMPARED] or sizes(before) != issue.numbers


def sizes(before: Standing) -> dict[str, Decimal]:
    """The numeric fields that it had."""
    return {} if before[SIZES] == NO_SIZES else filled(json.loads(before[SIZES]))


def _seconds(column: str) -> Expression | F:
    """Cheaper to compare than a moment, and to read; where the database can tell it."""
    if database.vendor != "postgresql":
        return F(column)
    template = "EXTRACT(EPOCH FROM %(expressions)s)::float8"
    return Func(column, template=template, output_field=FloatField())


def _in_seconds(row: tuple[Any, ...]) -> Standing:
    if not isinstance(row[MOMENT], datetime):
        return row
    return (*row[:MOMENT], row[MOMENT].timestamp(), *row[MOMENT + 1 :])
