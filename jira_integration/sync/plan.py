"""Stage one: from the database, once, what to read and what counted until now."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jira_integration.calculation import Category, Measure, Scale, Work
from jira_integration.models import (
    IntegrationSettings,
    JiraLink,
    LinkedIssue,
    Measuring,
    SyncRun,
    Trigger,
)
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.sync.hints import concerned, marks_for, searches_for


@dataclass(slots=True)
class PlannedLink:
    """A link as it was when the run began.

    `issue_id` is the linked issue's number, or None for a query; `counted` is what counted in the
    last measurement: the category by the issue's number.
    """

    id: int
    key_result_id: int
    issue_id: int | None
    jql: str
    failure_code: str
    read_at: datetime | None
    counted: dict[int, Category] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run reads.

    `mirror` is the last known state of every issue that counts, `changed_at` when Jira changed it
    to that, and `lost` are those that could not be read the last time. `marks` are the issues that
    Jira said have changed; where `partial`, they alone are read, and searches run if they have to.
    `measures` names what was chosen for a key result; the others are the mean.
    """

    scale: Scale
    links: tuple[PlannedLink, ...]
    mirror: dict[int, Work] = field(default_factory=dict)
    changed_at: dict[int, datetime] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    measures: dict[int, Measure] = field(default_factory=dict)
    marks: dict[int, UUID] = field(default_factory=dict)
    partial: bool = False
    searches: bool = True

    @property
    def issue_ids(self) -> list[int]:
        """Issues that are linked one by one and have to be read, each once."""
        linked = {link.issue_id for link in self.links if link.issue_id is not None}
        return sorted(linked & self.marks.keys() if self.partial else linked)

    @property
    def hinted(self) -> list[int]:
        """Changed issues that searches found: read by number, since Jira's search lags behind."""
        return sorted((self.marks.keys() & self.mirror.keys()) - set(self.issue_ids))

    @property
    def has_queries(self) -> bool:
        return any(link.jql for link in self.links)

    @property
    def queries(self) -> list[str]:
        return sorted({link.jql for link in self.links if link.jql})

    def measure_of(self, key_result_id: int) -> Measure:
        return self.measures.get(key_result_id, Measure.MEAN)

    def know(
        self, number: int, category: str, changed_at: datetime | None, lost: datetime | None
    ) -> None:
        self.mirror[number] = Work(number, Category(category))
        if changed_at:
            self.changed_at[number] = changed_at
        if lost:
            self.lost.add(number)


def plan_reads(run: SyncRun) -> Plan:
    """Closed cycles are history and are not read. After an event, only what it concerns is."""
    rows, marks = JiraLink.objects.to_read(run.connection_id, run.key_result_id), marks_for(run)
    searches = True
    if partial := run.trigger == Trigger.WEBHOOK:
        searches = searches_for(run, rows, marks)
        rows = rows.filter(concerned(rows, marks, all_queries=searches))
    rows = rows.select_related("issue")
    links = {row.pk: _planned(row) for row in rows}
    scale = IntegrationSettings.load().scale
    plan = Plan(scale, tuple(links.values()), marks=marks, partial=partial, searches=searches)
    plan.measures.update(Measuring.objects.of_many({row.key_result_id for row in rows}))
    for row in rows:
        if issue := row.issue:
            plan.know(issue.jira_id, issue.category, issue.changed_at, issue.unreadable_since)
    for link_id, counted, number, category, changed_at, lost in _counted(rows):
        plan.know(number, category, changed_at, lost)
        links[link_id].counted[number] = Category(counted)
    return plan


def _planned(row: JiraLink) -> PlannedLink:
    return PlannedLink(
        id=row.pk,
        key_result_id=row.key_result_id,
        issue_id=row.issue.jira_id if row.issue else None,
        jql=row.jql,
        failure_code=row.failure_code,
        read_at=row.read_at,
    )


def _counted(
    links: JiraLinkQuerySet,
) -> "QuerySet[LinkedIssue, tuple[int, str, int, str, datetime | None, datetime | None]]":
    return LinkedIssue.objects.filter(link__in=links.values("pk")).values_list(
        "link_id",
        "category",
        "issue__jira_id",
        "issue__category",
        "issue__changed_at",
        "issue__unreadable_since",
    )
