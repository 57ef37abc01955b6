"""The parts of a difference add up exactly, whatever changed between the two."""

import os
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.calculation import Category, Scale, Work, calculate
from jira_integration.difference import Part, filled_up, split, works_of

CASES = int(os.environ.get("PLUMBLINE_PROPERTY_CASES", "100"))
DONE, DOING, NEW = Category.DONE, Category.INDETERMINATE, Category.NEW

categories = st.sampled_from(list(Category))
some_works = st.dictionaries(st.integers(1, 60), categories, min_size=1, max_size=40).map(
    lambda found: [Work(number, category) for number, category in found.items()]
)
scales = st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True).map(
    lambda values: Scale(*sorted(values))
)
breakdowns = st.builds(calculate, some_works, scales)


def of(scale=None, **found):
    """`of(a=DONE, b=NEW)`, each letter an issue."""
    works = [Work(ord(letter), category) for letter, category in found.items()]
    return calculate(works, scale or Scale())


@settings(max_examples=CASES, deadline=None)
@given(breakdowns, breakdowns)
def test_the_parts_add_up_to_the_difference_exactly(before, after):
    assert sum(split(before, after).values(), Fraction(0)) == after.progress - before.progress


@settings(max_examples=CASES, deadline=None)
@given(breakdowns)
def test_nothing_moved_has_no_parts(found):
    assert split(found, found) == {}


@settings(max_examples=CASES, deadline=None)
@given(some_works, some_works, scales)
def test_each_part_has_a_cause(before, after, scale):
    was, now = calculate(before, scale), calculate(after, scale)
    told = split(was, now)

    assert Part.SETTINGS not in told
    assert Part.ELSEWHERE not in told
    if {work.id for work in before} == {work.id for work in after}:
        assert not {Part.ADDED, Part.REMOVED} & told.keys()
    assert told.get(Part.FINISHED, 0) >= 0 >= told.get(Part.REOPENED, 0)


@settings(max_examples=CASES, deadline=None)
@given(some_works, scales, st.sets(st.integers(1, 60)))
def test_what_lost_its_name_still_counts_in_the_number_before(found, scale, unlinked):
    whole = calculate(found, scale)
    known = {pk: each for pk, each in works_of(whole).items() if pk not in unlinked}

    filled = calculate(filled_up(known, whole.counts), scale)

    assert filled.progress == whole.progress
    assert len(filled.rows) == len(whole.rows)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (of(a=NEW, b=NEW), of(a=DONE, b=NEW), {Part.FINISHED: 50}),
        (of(a=DONE, b=NEW), of(a=DOING, b=NEW), {Part.REOPENED: -25}),
        (of(a=NEW, b=NEW), of(a=DOING, b=NEW), {Part.MOVED: 25}),
        (of(a=DONE), of(a=DONE, b=NEW), {Part.ADDED: -50}),
        (of(a=DONE, b=NEW), of(a=DONE), {Part.REMOVED: 50}),
        (of(a=DOING), of(Scale(0, 70, 100), a=DOING), {Part.SETTINGS: 20}),
        (of(a=NEW), of(b=DONE), {Part.ADDED: 100}),
        (of(a=DONE, b=NEW), of(a=DONE, b=DONE, c=NEW, d=NEW), {Part.FINISHED: 50, Part.ADDED: -50}),
    ],
)
def test_each_kind_of_move_is_told_by_its_name(before, after, expected):
    assert split(before, after) == expected


def test_without_a_number_before_there_is_nothing_to_split():
    assert split(calculate([], Scale()), of(a=DONE)) == {}
