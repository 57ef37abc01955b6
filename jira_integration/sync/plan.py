"""Stage one: from the database, once, what to read and what counted until now."""

from dataclasses import dataclass, field

from jira_integration.calculation import Category, Scale, Work
from jira_integration.models import IntegrationSettings, JiraLink, LinkedIssue, SyncRun


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
    counted: dict[int, Category] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run reads. `mirror` is the last known state of every issue that counts."""

    scale: Scale
    links: tuple[PlannedLink, ...]
    mirror: dict[int, Work]

    @property
    def issue_ids(self) -> list[int]:
        """Issues that are linked one by one, each once."""
        return sorted({link.issue_id for link in self.links if link.issue_id is not None})

    @property
    def queries(self) -> list[str]:
        return sorted({link.jql for link in self.links if link.jql})


def plan_reads(run: SyncRun) -> Plan:
    """Closed cycles are history and are not read."""
    rows = JiraLink.objects.to_read(run.connection_id, run.key_result_id).select_related("issue")
    links = {
        row.pk: PlannedLink(
            row.pk,
            row.key_result_id,
            row.issue.jira_id if row.issue else None,
            row.jql,
            row.failure_code,
        )
        for row in rows
    }
    mirror = {row.issue.jira_id: row.issue.work for row in rows if row.issue}
    for link_id, number, counted, latest in _counted(list(links)):
        links[link_id].counted[number] = Category(counted)
        mirror[number] = Work(number, Category(latest))
    return Plan(IntegrationSettings.load().scale, tuple(links.values()), mirror)


def _counted(link_ids: list[int]) -> list[tuple[int, int, str, str]]:
    return list(
        LinkedIssue.objects.filter(link__in=link_ids).values_list(
            "link_id", "issue__jira_id", "category", "issue__category"
        )
    )
