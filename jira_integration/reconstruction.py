"""From what Jira's changelogs tell to what a number would have been, day by day. Pure.

Every value is walked back from today: at a moment it was what its first later change replaced, or
what it is now. Which issues count is taken from today as well, since nobody knows what a search
found then; statuses belong to their categories as they do today.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from jira_integration.calculation import Breakdown, Category, IssueId, Method, Work, calculate
from jira_integration.client import Change, History
from jira_integration.counting import Seen, Way

STATUS, RESOLUTION = "status", "resolution"


@dataclass(frozen=True, slots=True)
class Rules:
    """How everything is read today: how it is measured, the resolutions that leave an issue out
    by site, and the category of each status by site and id."""

    way: Way
    method: Method
    left_out: Mapping[int, frozenset[str]]
    categories: Mapping[tuple[int, str], Category]


@dataclass(frozen=True)
class Traced:
    """An issue as it counts now, and how it came there."""

    name: IssueId
    weight: int
    now: Seen
    history: History

    @property
    def moments(self) -> list[datetime]:
        """When anything of it changed that a number follows."""
        return [self.history.created, *(each.at for each in self.history.changes)]

    def at(self, moment: datetime, rules: Rules) -> Work | None:
        """As it counted then; None before it was created."""
        if moment < self.history.created:
            return None
        seen = Seen(self._category(moment, rules), self._resolution(moment), self._numbers(moment))
        return rules.way.work(self.name, seen, self.weight, rules.left_out)

    def unknown(self, rules: Rules) -> Iterator[str]:
        """The names of statuses that it had and that the site has no longer."""
        for change in self._trails[STATUS].changes if STATUS in self._trails else ():
            if (self.name.site, change.was) not in rules.categories:
                yield change.was_text or change.was

    def _category(self, moment: datetime, rules: Rules) -> Category:
        """A status that the site has no longer has no category, and so counts as To Do."""
        later = self._replacing(STATUS, moment)
        if later is None:
            return self.now.category
        return rules.categories.get((self.name.site, later.was), Category.UNDEFINED)

    def _resolution(self, moment: datetime) -> str:
        later = self._replacing(RESOLUTION, moment)
        return self.now.resolution if later is None else later.was

    def _numbers(self, moment: datetime) -> dict[str, Decimal]:
        found = dict(self.now.numbers)
        for field in self._trails.keys() - {STATUS, RESOLUTION}:
            if later := self._replacing(field, moment):
                found.pop(field, None)
                if later.amount_was is not None:
                    found[field] = later.amount_was
        return found

    def _replacing(self, field: str, moment: datetime) -> Change | None:
        """The first change after that moment; None where the value still stands."""
        trail = self._trails.get(field)
        return trail.after(moment) if trail else None

    @cached_property
    def _trails(self) -> dict[str, "Trail"]:
        by_field = defaultdict(list)
        for change in self.history.changes:
            by_field[change.field].append(change)
        return {field: Trail.of(changes) for field, changes in by_field.items()}


@dataclass(frozen=True, slots=True)
class Trail:
    """The changes of one field, oldest first."""

    changes: Sequence[Change]
    moments: Sequence[datetime]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> "Trail":
        in_order = sorted(changes, key=lambda each: (each.at, each.number))
        return cls(in_order, [each.at for each in in_order])

    def after(self, moment: datetime) -> Change | None:
        place = bisect_right(self.moments, moment)
        return self.changes[place] if place < len(self.changes) else None


@dataclass(frozen=True, slots=True)
class Evening:
    """What counted in the evening of a day; `at` is when the day's last change was made."""

    at: datetime
    breakdown: Breakdown


def reconstruct(
    issues: Sequence[Traced],
    rules: Rules,
    since: datetime,
    until: datetime,
    day_of: Callable[[datetime], date],
) -> list[Evening]:
    """The state at `since`, then that of each evening that differs from the one before.

    Without a number, because nothing counted yet or nothing any more, there is no evening.
    """
    evenings, before = [], None
    for moment in _last_of_each_day(issues, since, until, day_of):
        works = works_at(issues, rules, moment)
        if works != before:
            evenings.append(Evening(moment, calculate(works, rules.method)))
        before = works
    return [each for each in evenings if each.breakdown.progress is not None]


def works_at(issues: Iterable[Traced], rules: Rules, moment: datetime) -> list[Work]:
    return [work for issue in issues if (work := issue.at(moment, rules))]


def _last_of_each_day(
    issues: Iterable[Traced],
    since: datetime,
    until: datetime,
    day_of: Callable[[datetime], date],
) -> list[datetime]:
    changed = {moment for issue in issues for moment in issue.moments}
    within = sorted(moment for moment in changed if since < moment < until)
    return [since, *{day_of(moment): moment for moment in within}.values()]
