"""Stage three: pure. From what is known to what each key result's number is now."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jira_integration.alike import Number, number_of
from jira_integration.calculation import Breakdown, IssueId, Work, calculate
from jira_integration.counting import Way
from jira_integration.sync.found import Found
from jira_integration.sync.known import Known, in_batches
from jira_integration.sync.planned import Plan, PlannedLink
from okr.models import Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """A key result's number, and which issues each of its links found.

    `changed_members` says that they, or what they count as, are not as they were; `known` is what
    it was worked out from, `requeried` are its links that found by another query than before.
    """

    key_result_id: int
    number: Number
    members: dict[int, dict[IssueId, Work]]
    changed_members: bool
    requeried: tuple[PlannedLink, ...]
    known: Known

    @property
    def share(self) -> Fraction | None:
        """None where no issue counts, so that the last number stays."""
        return self.number.share

    @property
    def breakdown(self) -> Breakdown:
        return calculate(self.works, self.number.method)

    @property
    def works(self) -> list[Work]:
        """What counts now."""
        return [work for each in self.members.values() for work in each.values()]

    @property
    def links(self) -> list[PlannedLink]:
        return self.known.links[self.key_result_id]

    @property
    def way(self) -> Way:
        return self.known.way_of(self.key_result_id)

    @property
    def unlinked(self) -> dict[IssueId, Work]:
        """What counted in the last measurement by links that are gone."""
        return self.known.unlinked.get(self.key_result_id, {})

    @property
    def before(self) -> list[Work]:
        """What counted in the last measurement."""
        counted = [work for link in self.links for work in link.counted.values()]
        return [*counted, *self.unlinked.values()]

    @property
    def link_ids(self) -> set[int]:
        return {link.id for link in self.links}

    def reading(self) -> Reading | None:
        """What to measure, if anything."""
        share = self.share
        return None if share is None else Reading(self.key_result_id, share, self.number.kept)


def compute(plan: Plan, found: Found) -> Iterator[list[Outcome]]:
    """Some key results at a time, so that they need not all be known at once."""
    for known in in_batches(plan, found):
        yield [_outcome(pk, links, known, plan, found) for pk, links in known.links.items()]


def _outcome(pk: int, links: list[PlannedLink], known: Known, plan: Plan, found: Found) -> Outcome:
    members = {link.id: _members(link, known, plan, found) for link in links}
    works = (work for each in members.values() for work in each.values())
    method = plan.method_of(known.way_of(pk), {link.site for link in links})
    requeried = (link for link in links if link.requeried and link.search in found.queries)
    changed = any(members[link.id] != link.counted for link in links)
    return Outcome(pk, number_of(works, method), members, changed, tuple(requeried), known)


def _members(link: PlannedLink, known: Known, plan: Plan, found: Found) -> dict[IssueId, Work]:
    """What a link stands for now, each issue as it was told last."""
    way = known.way_of(link.key_result_id)
    return {
        name: way.work(name, known.mirror[name], link.weight, plan.left_out)
        for name in _names(link, plan, found)
        if name in known.mirror and name not in known.outside
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
