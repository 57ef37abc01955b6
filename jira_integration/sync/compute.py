"""Stage three: pure. From what was found to what each key result's number is now."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from jira_integration.calculation import Breakdown, Category, Measure, Work, calculate
from jira_integration.sync.fetch import Found
from jira_integration.sync.plan import Plan, PlannedLink
from okr.models import Reading

NAMED_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """A key result's number, and which issues each of its links found."""

    key_result_id: int
    breakdown: Breakdown
    members: dict[int, dict[int, Category]]
    before: dict[int, Category]
    links: tuple[PlannedLink, ...]
    measure: Measure = Measure.MEAN

    @property
    def after(self) -> dict[int, Category]:
        return {row.work.id: row.work.category for row in self.breakdown.rows}

    @property
    def changed_members(self) -> bool:
        return any(self.members[link.id] != link.counted for link in self.links)

    @property
    def link_ids(self) -> set[int]:
        return {link.id for link in self.links}

    def reading(self) -> Reading | None:
        """What to measure; None where no issue counts, so that the last number stays."""
        share = self.breakdown.progress
        return None if share is None else Reading(self.key_result_id, share, self.why())

    def why(self) -> dict[str, Any]:
        """What the measurement keeps: the scale, the counts, and the changes since the last one."""
        scale = self.breakdown.scale
        return {
            "scale": [scale.to_do, scale.in_progress, scale.done],
            "version": scale.version,
            "measure": str(self.measure),
            "counts": {str(name): number for name, number in self.breakdown.counts.items()},
            **{name: found for name, found in changes(self.before, self.after).items() if found},
        }


def compute(plan: Plan, found: Found) -> list[Outcome]:
    by_key_result: dict[int, list[PlannedLink]] = defaultdict(list)
    for link in plan.links:
        by_key_result[link.key_result_id].append(link)
    return [_outcome(pk, links, plan, found) for pk, links in by_key_result.items()]


def _outcome(pk: int, links: list[PlannedLink], plan: Plan, found: Found) -> Outcome:
    works = {
        link.id: [_work(number, plan, found) for number in _numbers(link, found)] for link in links
    }
    measure = plan.measure_of(pk)
    return Outcome(
        key_result_id=pk,
        breakdown=calculate(
            (work for each in works.values() for work in each), measure.scale(plan.scale)
        ),
        members={pk: {work.id: work.category for work in each} for pk, each in works.items()},
        before={number: category for link in links for number, category in link.counted.items()},
        links=tuple(links),
        measure=measure,
    )


def _numbers(link: PlannedLink, found: Found) -> list[int]:
    """What a link stands for now.

    A query that was not answered keeps what it last found, as it keeps an issue that came damaged.
    """
    if link.issue_id is not None:
        return [link.issue_id]
    if link.jql not in found.queries:
        return list(link.counted)
    return [*found.queries[link.jql], *(link.counted.keys() & found.damaged)]


def _work(number: int, plan: Plan, found: Found) -> Work:
    """As Jira told it now, else at its last known status."""
    issue = found.issues.get(number)
    return Work(number, Category(issue.category)) if issue else plan.mirror[number]


def changes(before: dict[int, Category], after: dict[int, Category]) -> dict[str, Any]:
    """Issue numbers by what happened to them, at most 50 each, with the full counts."""
    kept = before.keys() & after.keys()
    done = Category.DONE
    found = {
        "finished": [n for n in kept if after[n] == done != before[n]],
        "reopened": [n for n in kept if before[n] == done != after[n]],
        "moved": [n for n in kept if done not in (before[n], after[n]) and before[n] != after[n]],
        "added": list(after.keys() - before.keys()),
        "removed": list(before.keys() - after.keys()),
    }
    return {
        name: {"number": len(numbers), "issues": sorted(numbers)[:NAMED_AT_MOST]}
        for name, numbers in found.items()
        if numbers
    }
