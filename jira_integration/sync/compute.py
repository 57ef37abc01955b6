"""Stage three: pure. From what was found to what each key result's number is now."""

from collections import defaultdict
from dataclasses import dataclass, field

from jira_integration.calculation import Breakdown, IssueId, Work, calculate
from jira_integration.counting import Seen, Way
from jira_integration.keeping import keep
from jira_integration.sync.fetch import Found
from jira_integration.sync.planned import Plan, PlannedLink
from okr.models import Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """A key result's number, and which issues each of its links found.

    `before` is what counted in the last measurement, by its links of now; `unlinked` by others.
    `requeried` says that a link found by another query than before.
    """

    key_result_id: int
    breakdown: Breakdown
    members: dict[int, dict[IssueId, Work]]
    links: tuple[PlannedLink, ...]
    way: Way = field(default_factory=Way)
    unlinked: dict[IssueId, Work] = field(default_factory=dict)
    requeried: bool = False

    @property
    def before(self) -> list[Work]:
        counted = [work for link in self.links for work in link.counted.values()]
        return [*counted, *self.unlinked.values()]

    @property
    def changed_members(self) -> bool:
        return any(self.members[link.id] != link.counted for link in self.links)

    @property
    def link_ids(self) -> set[int]:
        return {link.id for link in self.links}

    def reading(self) -> Reading | None:
        """What to measure; None where no issue counts, so that the last number stays."""
        share = self.breakdown.progress
        return None if share is None else Reading(self.key_result_id, share, keep(self.breakdown))


def compute(plan: Plan, found: Found) -> list[Outcome]:
    by_key_result: dict[int, list[PlannedLink]] = defaultdict(list)
    for link in plan.links:
        by_key_result[link.key_result_id].append(link)
    return [_outcome(pk, links, plan, found) for pk, links in by_key_result.items()]


def _outcome(pk: int, links: list[PlannedLink], plan: Plan, found: Found) -> Outcome:
    members = {link.id: _members(link, plan, found) for link in links}
    works = [work for each in members.values() for work in each.values()]
    method = plan.method_of(pk, {link.site for link in links})
    return Outcome(
        key_result_id=pk,
        breakdown=calculate(works, method),
        members=members,
        links=tuple(links),
        way=plan.way_of(pk),
        unlinked=plan.unlinked.get(pk, {}),
        requeried=any(link.requeried and link.search in found.queries for link in links),
    )


def _members(link: PlannedLink, plan: Plan, found: Found) -> dict[IssueId, Work]:
    """What a link stands for now, each issue as Jira told it now or else as it was known."""
    way = plan.way_of(link.key_result_id)
    return {
        name: way.work(name, _seen(name, plan, found), link.weight, plan.left_out)
        for name in _names(link, plan, found)
        if _may_count(name, plan, found)
    }


def _names(link: PlannedLink, plan: Plan, found: Found) -> list[IssueId]:
    """A query that was not answered keeps what it last found, as it keeps an issue that came
    damaged; so does whatever belongs to another site."""
    if link.issue is not None:
        return [link.issue]
    answer = found.queries.get(link.search) if link.site == plan.site else None
    if answer is None:
        return list(link.counted)
    damaged = [name for name in link.counted if name.number in found.damaged]
    return [*(IssueId(link.site, number) for number in answer), *damaged]


def _may_count(name: IssueId, plan: Plan, found: Found) -> bool:
    """Not where it lies in no chosen project, as Jira told it now or else as it was known."""
    if name.site == plan.site and (name.number in found.issues or name.number in found.outside):
        return name.number not in found.outside
    return name not in plan.outside


def _seen(name: IssueId, plan: Plan, found: Found) -> Seen:
    issue = found.issues.get(name.number) if name.site == plan.site else None
    return Seen.of(issue) if issue else plan.mirror[name]
