"""Goes down from issues to what is below them, level by level, in few calls to Jira.

Used alike by the sync and by the preview before linking. An issue that is found on two ways counts
once, the issue at the top never, and so a circle comes to an end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jira_integration.client import Issue, JiraClient, QueryRefused

EVERY_LEVEL = 0
DEEPEST = 8
"""Levels that are followed at most: the deepest hierarchy that Jira sells has six."""
MOST_BELOW = 20_000
AT_ONCE = 100
TOO_MANY = "More than {:,} issues are below it. Link a search instead."

Take = Callable[[list[Issue]], None]


class Top(NamedTuple):
    """An issue and how many levels below it count; EVERY_LEVEL counts them all."""

    number: int
    depth: int


@dataclass(frozen=True, slots=True)
class Descent:
    """`below` holds Jira's numbers in the order found; `refused` are tops that Jira spoilt."""

    below: dict[Top, list[int]] = field(default_factory=dict)
    refused: dict[Top, QueryRefused] = field(default_factory=dict)


@dataclass(slots=True)
class Climber:
    """`keys` are those of the tops, by number: a field may name a parent by its key alone."""

    client: JiraClient
    numbers: Sequence[str]
    take: Take
    most: int
    keys: dict[int, str] = field(default_factory=dict)
    below: dict[Top, dict[int, None]] = field(default_factory=dict)
    refused: dict[Top, QueryRefused] = field(default_factory=dict)

    def level(self, parents: Mapping[int, set[Top]], depth: int) -> dict[int, set[Top]]:
        """Reads the children of all; answers those to go on from."""
        following: dict[int, set[Top]] = defaultdict(set)
        for batch in _batches(sorted(parents)):
            for parent, child in self._children(batch, parents):
                for top in parents[parent]:
                    if self._is_new(child, top) and goes_on(child, top, depth):
                        following[child.id].add(top)
        return {
            number: open_tops
            for number, tops in following.items()
            if (open_tops := tops - self.refused.keys())
        }

    def _is_new(self, child: Issue, top: Top) -> bool:
        found = self.below[top]
        if child.id == top.number or child.id in found:
            return False
        if len(found) >= self.most:
            self.refused[top] = QueryRefused(messages=[TOO_MANY.format(self.most)])
            return False
        found[child.id] = None
        self.keys[child.id] = child.key
        return True

    def _children(
        self, parents: list[int], tops: Mapping[int, set[Top]]
    ) -> Iterator[tuple[int, Issue]]:
        """A batch that is refused, or whose answer leaves open what is below what, is asked for in
        halves; what a single issue is refused for spoils its tops alone."""
        try:
            found = self._ask(parents)
        except QueryRefused as error:
            if len(parents) == 1:
                self.refused.update(dict.fromkeys(tops[parents[0]], error))
                return
            found = None
        if found is None:
            middle = len(parents) // 2
            for half in (parents[:middle], parents[middle:]):
                yield from self._children(half, tops)
        else:
            yield from found

    def _ask(self, parents: list[int]) -> list[tuple[int, Issue]] | None:
        """Each child with its parent; None where that cannot be told."""
        by_name = {str(number): number for number in parents}
        by_name |= {self.keys[number]: number for number in parents if number in self.keys}
        found = []
        for page in self.client.children(parents, self.numbers):
            self.take(page)
            for child in page:
                named = {by_name[name] for name in child.parents if name in by_name}
                if len(parents) == 1:
                    named = set(parents)
                if not named:
                    return None
                found += [(parent, child) for parent in sorted(named)]
        return found


def descend(
    client: JiraClient,
    tops: Iterable[Top],
    keys: Mapping[int, str],
    numbers: Sequence[str] = (),
    take: Take = lambda _: None,
    most: int = MOST_BELOW,
) -> Descent:
    """May raise JiraError; what Jira refuses only spoils the tops that it was asked for."""
    wanted = list(dict.fromkeys(tops))
    climber = Climber(client, numbers, take, most, dict(keys), {top: {} for top in wanted})
    parents: dict[int, set[Top]] = defaultdict(set)
    for top in wanted:
        parents[top.number].add(top)
    depth, frontier = 1, dict(parents)
    while frontier and depth <= DEEPEST:
        frontier = climber.level(frontier, depth)
        depth += 1
    below = {top: list(found) for top, found in climber.below.items() if top not in climber.refused}
    return Descent(below, climber.refused)


def _batches(parents: list[int]) -> Iterator[list[int]]:
    return (parents[at : at + AT_ONCE] for at in range(0, len(parents), AT_ONCE))


def goes_on(child: Issue, top: Top, depth: int) -> bool:
    """Nothing is below a sub-task."""
    return not child.is_subtask and (top.depth == EVERY_LEVEL or depth < top.depth)
