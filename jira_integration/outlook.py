"""What linking would make of a number, by the formula that the sync uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jira_integration.calculation import Breakdown, IssueId, Scale, Work, calculate
from jira_integration.counting import Seen, Way
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    LinkedIssue,
    LinkKind,
    Measuring,
    outside,
)
from jira_integration.models.issue import MIRROR, NAME, seen
from jira_integration.proposal import Proposal
from okr.models import KeyResult, Reading

AS_THEY_ARE: Mapping[int, int] = {}
Known = tuple[IssueId, Seen, int]
"""An issue, as it was last seen, and the weight of its link."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What admins decided: the percentages, and by site the resolutions that are left out."""

    scale: Scale
    left_out: Mapping[int, frozenset[str]]

    @classmethod
    def load(cls) -> "Rules":
        return cls(IntegrationSettings.load().scale, JiraConnection.objects.left_out())


@dataclass(frozen=True, slots=True)
class Outlook:
    """What linking would make of a number."""

    before: Decimal
    breakdown: Breakdown

    @property
    def after(self) -> Decimal | None:
        share = self.breakdown.progress
        return None if share is None else Reading(0, share).settled


def outlook(
    key_result: KeyResult,
    proposal: Proposal,
    way: Way | None = None,
    weights: Mapping[int, int] = AS_THEY_ARE,
    instead_of: JiraLink | None = None,
) -> Outlook:
    """The number with what is linked already and with what would be; one formula for both.

    `way` is another than the one by which it is measured now, `weights` are those that links, by
    their number, would have instead of theirs. What is proposed may stand `instead_of` a link.
    """
    gone, weight = (instead_of.pk, instead_of.weight) if instead_of else (0, 1)
    known = [row for pk, row in _by_link(key_result, weights) if pk != gone]
    known += [(IssueId(proposal.site, each.id), Seen.of(each), weight) for each in proposal.found]
    breakdown = calculated(known, way or Measuring.objects.of(key_result))
    return Outlook(key_result.progress or Decimal(0), breakdown)


def calculated(known: Iterable[Known], way: Way, rules: Rules | None = None) -> Breakdown:
    """What issues make by a way, under the rules of now."""
    rules = rules or Rules.load()
    works: list[Work] = [way.work(*each, rules.left_out) for each in known]
    sites = {work.id.site for work in works}
    chosen = {site: ids for site, ids in rules.left_out.items() if site in sites}
    return calculate(works, way.method(rules.scale, chosen))


def known_issues(key_result: KeyResult, weights: Mapping[int, int] = AS_THEY_ARE) -> list[Known]:
    """What is linked, as it was last seen and as heavy as its link; issues also before the first
    reading."""
    return [row for _, row in _by_link(key_result, weights)]


def _by_link(key_result: KeyResult, weights: Mapping[int, int]) -> list[tuple[int, Known]]:
    found = []
    links = dict(key_result.jira_links.values_list("pk", "weight")) | dict(weights)
    singly = key_result.jira_links.filter(kind=LinkKind.ISSUE)
    of_issue = [f"issue__{column}" for column in (*NAME, *MIRROR)]
    for rows in (
        LinkedIssue.objects.filter(link__key_result=key_result).values_list("link_id", *of_issue),
        singly.exclude(issue__in=outside()).values_list("pk", *of_issue),
    ):
        for link_id, site, number, *told in rows:
            found.append((link_id, (IssueId(site, number), seen(*told), links[link_id])))
    return found


def linked_before(
    key_result: KeyResult, proposal: Proposal, connection: JiraConnection
) -> tuple[set[int], bool]:
    """Which of the proposed issues, by Jira's number, are linked singly; and the search."""
    links = key_result.jira_links.filter(connection=connection)
    numbers = [issue.id for issue in proposal.issues]
    issues = links.filter(kind=LinkKind.ISSUE, issue__jira_id__in=numbers)
    query = bool(proposal.jql) and links.filter(jql=proposal.jql).exists()
    if proposal.goes_below:
        query = links.filter(
            kind=LinkKind.CHILDREN, issue__jira_id__in=numbers, depth=proposal.depth
        ).exists()
    return set(issues.values_list("issue__jira_id", flat=True)), query
