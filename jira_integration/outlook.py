"""What linking would make of a number, by the formula that the sync uses."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from jira_integration.calculation import Breakdown, Category, Measure, Work, calculate
from jira_integration.linking import Proposal
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    LinkKind,
    Measuring,
)
from okr.models import KeyResult, Reading


@dataclass(frozen=True, slots=True)
class Outlook:
    """What linking would make of a number."""

    before: Decimal
    breakdown: Breakdown

    @property
    def after(self) -> Decimal | None:
        share = self.breakdown.progress
        return None if share is None else Reading(0, share).settled


def outlook(key_result: KeyResult, proposal: Proposal, measure: Measure | None = None) -> Outlook:
    """The number with what is linked already and with what would be; one formula for both.

    `measure` is another than the one by which it is measured now.
    """
    linked = Q(linked__link__key_result=key_result.pk) | Q(
        pk__in=key_result.jira_links.values("issue")
    )
    works = [issue.work for issue in JiraIssue.objects.filter(linked).distinct()]
    works += [Work(each.id, Category(each.category)) for each in proposal.issues]
    works += [Work(each.id, Category(each.category)) for each in proposal.matches]
    before = key_result.progress or Decimal(0)
    measure = measure or Measuring.objects.of(key_result)
    scale = measure.scale(IntegrationSettings.load().scale)
    return Outlook(before, calculate(works, scale))


def linked_before(
    key_result: KeyResult, proposal: Proposal, connection: JiraConnection
) -> tuple[set[int], bool]:
    """Which of the proposed issues, by Jira's number, are linked one by one; and the query."""
    links = key_result.jira_links.filter(connection=connection)
    numbers = [issue.id for issue in proposal.issues]
    issues = links.filter(kind=LinkKind.ISSUE, issue__jira_id__in=numbers)
    query = proposal.jql and links.filter(kind=LinkKind.QUERY, jql=proposal.jql).exists()
    return set(issues.values_list("issue__jira_id", flat=True)), bool(query)
