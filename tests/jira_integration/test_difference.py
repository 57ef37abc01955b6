"""The parts of a difference add up exactly, whatever changed between the two."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.calculation import Category, IssueId, Method, Scale, Work, calculate
from jira_integration.difference import Part, moves, split
from tests.jira_integration.worked import CASES, breakdowns, each_once, methods, works

DONE, DOING, NEW = Category.DONE, Category.INDETERMINATE, Category.NEW
law = settings(max_examples=CASES, deadline=None)


def of(scale=None, **found):
    """`of(a=DONE, b=NEW)`, each letter an issue."""
    works = [Work(IssueId(1, ord(letter)), category) for letter, category in found.items()]
    return calculate(works, Method(scale or Scale()))


def sized(method=None, **found):
    """`sized(a=(DONE, 3, 1, False))`: category, size, weight, and whether it is left out."""
    works = [
        Work(IssueId(1, ord(letter)), category, Fraction(points), weight, left_out)
        for letter, (category, points, weight, left_out) in found.items()
    ]
    return calculate(works, method or Method(sized_by="points"))


@law
@given(breakdowns, breakdowns)
def test_the_parts_add_up_to_the_difference_exactly(before, after):
    told = split(before, after)

    if before.progress is None or after.progress is None:
        assert told == {}
    else:
        assert sum(told.values(), Fraction(0)) == after.progress - before.progress


@law
@given(breakdowns)
def test_nothing_moved_has_no_parts(found):
    assert split(found, found) == {}
    assert moves(found, found) == {}


@law
@given(each_once(works, 1), each_once(works, 1), methods())
def test_each_part_has_a_cause(before, after, method):
    was, now = calculate(before, method), calculate(after, method)
    told, what = split(was, now), moves(was, now)

    assert Part.SETTINGS not in told
    assert Part.ELSEWHERE not in told
    assert told.keys() <= what.keys()
    if told:
        assert told.get(Part.FINISHED, 0) >= 0 >= told.get(Part.REOPENED, 0)


@law
@given(each_once(works, 1), methods(), methods())
def test_new_settings_alone_are_told_as_settings(found, before, after):
    told = split(calculate(found, before), calculate(found, after))

    assert told.keys() <= {Part.SETTINGS}


@law
@given(each_once(works, 1), methods(), st.data())
def test_a_resolution_that_is_left_out_from_now_on_is_a_change_of_settings(found, method, data):
    out = data.draw(st.sets(st.sampled_from([work.id for work in found])))
    after = [replace(work, left_out=work.id in out) for work in found]
    other = replace(method, left_out=method.left_out | {"3:12"})

    told = split(calculate(found, method), calculate(after, other))
    assert told.keys() <= {Part.SETTINGS}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (of(a=NEW, b=NEW), of(a=DONE, b=NEW), {Part.FINISHED: 50}),
        (of(a=DONE, b=NEW), of(a=DOING, b=NEW), {Part.REOPENED: -25}),
        (of(a=NEW, b=NEW), of(a=DOING, b=NEW), {Part.MOVED: 25}),
        (of(a=DONE), of(a=DONE, b=NEW), {Part.ADDED: -50}),
        (of(a=DONE, b=NEW), of(a=DONE), {Part.REMOVED: 50}),
        (of(a=DOING), of(Scale(0, 70, 100), a=DOING), {Part.SETTINGS: 20}),
        (of(a=NEW), of(b=DONE), {Part.ADDED: 50, Part.REMOVED: 50}),
        (of(a=DONE, b=NEW), of(a=DONE, b=DONE, c=NEW, d=NEW), {Part.FINISHED: 50, Part.ADDED: -50}),
        (
            sized(a=(DONE, 1, 1, False), b=(NEW, 1, 1, False)),
            sized(a=(DONE, 3, 1, False), b=(NEW, 1, 1, False)),
            {Part.REWEIGHTED: 25},
        ),
        (
            sized(a=(DONE, 1, 1, False), b=(NEW, 1, 1, False)),
            sized(a=(DONE, 1, 3, False), b=(NEW, 1, 1, False)),
            {Part.REWEIGHTED: 25},
        ),
        (
            sized(a=(DOING, 1, 1, False), b=(NEW, 1, 1, False)),
            sized(a=(DONE, 1, 1, True), b=(NEW, 1, 1, False)),
            {Part.REMOVED: -25},
        ),
        (
            sized(a=(DONE, 1, 1, True), b=(NEW, 1, 1, False)),
            sized(a=(DOING, 1, 1, False), b=(NEW, 1, 1, False)),
            {Part.ADDED: 25},
        ),
    ],
)
def test_each_kind_of_move_is_told_by_its_name(before, after, expected):
    assert split(before, after) == expected


def test_without_a_number_before_there_is_nothing_to_split():
    assert split(calculate([], Method()), of(a=DONE)) == {}
