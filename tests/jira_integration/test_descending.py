"""What is below an issue: each once, whatever the hierarchy looks like, and in few calls."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from jira_integration.client import Category, Issue, QueryRefused
from jira_integration.descending import DEEPEST, EVERY_LEVEL, Top, descend

Answer = Callable[[list[int]], list[Issue]]


class Told:
    """A Jira of which only the hierarchy matters: child by parents, in any shape."""

    def __init__(self, above: dict[int, list[int]], by_key: bool = False) -> None:
        self.above = above
        self.by_key = by_key
        self.asked: list[list[int]] = []
        self.refusing: set[int] = set()
        self.subtasks: set[int] = set()

    def children(self, parents: list[int], _: object = ()) -> Iterator[list[Issue]]:
        self.asked.append(list(parents))
        if self.refusing & set(parents):
            raise QueryRefused(messages=["No such parent."])
        yield [self._issue(one) for one, above in self.above.items() if set(above) & set(parents)]

    def _issue(self, number: int) -> Issue:
        names = [f"K-{each}" if self.by_key else str(each) for each in self.above[number]]
        told = (number, f"K-{number}", "", "To Do", Category.NEW, "Task", None)
        return Issue(*told, parents=frozenset(names), is_subtask=number in self.subtasks)


def below(jira: Any, *tops: Top) -> dict[Top, set[int]]:
    keys = {top.number: f"K-{top.number}" for top in tops}
    return {top: set(found) for top, found in descend(jira, tops, keys).below.items()}


EPIC = {2: [1], 3: [1], 4: [2], 5: [2], 6: [4]}


@pytest.mark.parametrize("by_key", [False, True])
@pytest.mark.parametrize(
    ("depth", "found"),
    [(1, {2, 3}), (2, {2, 3, 4, 5}), (3, {2, 3, 4, 5, 6}), (EVERY_LEVEL, {2, 3, 4, 5, 6})],
)
def test_as_many_levels_count_as_were_chosen(depth, found, by_key):
    assert below(Told(EPIC, by_key), Top(1, depth)) == {Top(1, depth): found}


def test_several_tops_share_the_questions():
    jira: Any = Told({number: [number % 40 + 1] for number in range(101, 400)})
    tops = [Top(number, 1) for number in range(1, 41)]
    found = below(jira, *tops, Top(1, EVERY_LEVEL))

    assert sum(len(each) for top, each in found.items() if top.depth == 1) == 299
    assert len(jira.asked) == 2


def test_a_circle_comes_to_an_end_and_the_top_does_not_count():
    jira: Any = Told({1: [3], 2: [1], 3: [2], 4: [4, 1]})

    assert below(jira, Top(1, EVERY_LEVEL)) == {Top(1, EVERY_LEVEL): {2, 3, 4}}
    assert len(jira.asked) <= DEEPEST


def test_nothing_is_asked_below_subtasks():
    jira: Any = Told({2: [1], 3: [1]})
    jira.subtasks = {2, 3}

    assert below(jira, Top(1, EVERY_LEVEL)) == {Top(1, EVERY_LEVEL): {2, 3}}
    assert jira.asked == [[1]]


def test_an_endless_ladder_is_left_at_the_deepest_level():
    jira: Any = Told({number: [number - 1] for number in range(2, 100)})

    assert below(jira, Top(1, EVERY_LEVEL)) == {Top(1, EVERY_LEVEL): set(range(2, DEEPEST + 2))}


def test_what_is_refused_spoils_its_own_top():
    jira: Any = Told({11: [1], 12: [2], 13: [12], 14: [3]})
    jira.refusing = {12}
    tops = [Top(1, EVERY_LEVEL), Top(2, EVERY_LEVEL), Top(2, 1), Top(3, EVERY_LEVEL)]
    told = descend(jira, tops, {})

    assert set(told.refused) == {Top(2, EVERY_LEVEL)}
    assert {top: set(each) for top, each in told.below.items()} == {
        Top(1, EVERY_LEVEL): {11},
        Top(2, 1): {12},
        Top(3, EVERY_LEVEL): {14},
    }


def test_a_parent_that_is_named_otherwise_is_asked_for_alone():
    """An epic that moved is still named by its old key in the field of its stories."""
    jira: Any = Told({11: [1], 12: [2]}, by_key=True)
    found = descend(jira, [Top(1, 1), Top(2, 1)], {1: "MOVED-1", 2: "MOVED-2"}).below

    assert found == {Top(1, 1): [11], Top(2, 1): [12]}


def test_more_than_can_be_read_is_refused_in_words():
    jira: Any = Told({number: [1] for number in range(2, 10)})
    told = descend(jira, [Top(1, 1)], {}, most=5)

    assert told.below == {}
    assert told.refused[Top(1, 1)].messages


def test_any_graph_is_read_once_and_in_bounded_calls():
    chance = Random(11)  # noqa: S311 - no secret
    for _ in range(500):
        size = chance.randrange(2, 30)
        numbers = range(1, size)
        above = {n: chance.sample(numbers, chance.randrange(min(3, size))) for n in numbers}
        jira: Any = Told(above, by_key=chance.random() < 0.5)
        tops = [Top(chance.choice(numbers), chance.randrange(4)) for _ in range(3)]
        found = below(jira, *tops)

        assert set(found) == set(tops)
        for top in tops:
            assert found[top] == expected(above, top)
        assert len(jira.asked) <= DEEPEST


def expected(above: dict[int, list[int]], top: Top) -> set[int]:
    levels = DEEPEST if top.depth == EVERY_LEVEL else top.depth
    reached = edge = {top.number}
    for _ in range(levels):
        edge = {one for one, parents in above.items() if set(parents) & edge} - reached
        reached = reached | edge
    return reached - {top.number}
