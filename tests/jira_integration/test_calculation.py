"""The formula obeys its laws for any issues and any percentages."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jira_integration.calculation import (
    Breakdown,
    Category,
    IssueId,
    Measure,
    Method,
    Scale,
    Without,
    Work,
    calculate,
)
from okr.progress import settle, shown
from tests.jira_integration.worked import CASES, each_once, methods, plain_works, scales, works

NEW, DOING, DONE, UNDEFINED = (
    Category.NEW,
    Category.INDETERMINATE,
    Category.DONE,
    Category.UNDEFINED,
)
WORTH_ORDER = [NEW, DOING, DONE]
MEAN = Method()
some_works = each_once(plain_works, 1)
means = scales.map(Method)
law = settings(max_examples=CASES, deadline=None)


def size(number, category, points=None, **more):
    points = None if points is None else Fraction(points)
    return Work(IssueId(1, number), category, points, **more)


def issues(*categories: Category) -> list[Work]:
    return [size(number, category) for number, category in enumerate(categories, start=1)]


def progress(breakdown: Breakdown) -> Fraction:
    assert breakdown.progress is not None
    return breakdown.progress


@pytest.mark.parametrize(
    ("found", "scale", "expected"),
    [
        ([NEW], Scale(), 0),
        ([DOING], Scale(), 50),
        ([DONE], Scale(), 100),
        ([UNDEFINED], Scale(10, 20, 30), 10),
        ([DOING], Scale(5, 35, 90), 35),
        ([DONE] * 7 + [DOING] * 2 + [NEW] * 4, Scale(), Fraction(800, 13)),
        ([DONE, NEW, NEW], Scale(), Fraction(100, 3)),
    ],
)
def test_progress_is_the_plain_mean_of_what_the_categories_count_as(found, scale, expected):
    assert calculate(issues(*found), Method(scale)).progress == expected


def test_seven_done_two_in_progress_and_four_to_do_are_shown_as_62_percent():
    breakdown = calculate(issues(*[DONE] * 7, *[DOING] * 2, *[NEW] * 4), MEAN)

    assert shown(settle(progress(breakdown))) == "62%"
    assert breakdown.counts == {DONE: 7, DOING: 2, NEW: 4}
    contributed = {row.work.category: row.contributes for row in breakdown.rows}
    assert round(float(contributed[DONE]), 1) == 7.7
    assert round(float(contributed[DOING]), 1) == 3.8
    assert round(float(sum(row.contributes for row in breakdown.rows)), 1) == 61.5


def test_one_open_issue_among_200_is_not_rounded_up_to_100_percent():
    breakdown = calculate(issues(*[DONE] * 199, NEW), MEAN)

    assert settle(progress(breakdown)) == Decimal("99.5")
    assert shown(settle(progress(breakdown))) == "99%"


def test_no_issue_is_no_number_rather_than_nothing_percent():
    assert calculate([], MEAN).progress is None


@law
@given(each_once(works), methods())
def test_progress_stays_within_bounds(found, method):
    total = calculate(found, method).progress

    if total is not None:
        mapped = method.measure.is_mapped
        assert (0 if mapped else method.scale.to_do) <= total
        assert total <= (100 if mapped else method.scale.done)


@law
@given(each_once(works), methods())
def test_the_rows_add_up_to_the_total_exactly(found, method):
    breakdown = calculate(found, method)

    if breakdown.rows:
        contributed = sum((row.contributes for row in breakdown.rows), Fraction(0))
        assert contributed + breakdown.base + breakdown.cut == breakdown.progress
    if breakdown.rows and not method.measure.is_mapped:
        assert breakdown.base == breakdown.cut == 0
        left = sum((row.room for row in breakdown.rows), Fraction(0))
        assert progress(breakdown) + left == method.scale.done


@law
@given(st.lists(works, max_size=60), methods())
def test_an_issue_found_twice_counts_once_by_its_heavier_link(found, method):
    by_id = {work.id: work for work in sorted(found, key=lambda work: work.weight)}

    assert calculate(found, method).progress == calculate(by_id.values(), method).progress
    assert calculate(found, method).works == by_id


@law
@given(each_once(works), methods())
def test_every_issue_is_told_once_whether_or_not_it_counts(found, method):
    breakdown = calculate(found, method)

    assert len(breakdown.rows) + len(breakdown.left_out) + len(breakdown.unsized) == len(found)
    assert {work.id for work in breakdown.left_out} == {w.id for w in found if w.left_out}
    assert sum(breakdown.counts.values()) == len(breakdown.rows)
    assert sum(breakdown.weights.values()) == sum(row.weighs for row in breakdown.rows)


@law
@given(each_once(works, 1), methods())
def test_what_is_left_out_for_its_resolution_changes_nothing(found, method):
    without = [work for work in found if not work.left_out]

    assert calculate(found, method).progress == calculate(without, method).progress


@law
@given(each_once(works, 1), methods(), st.randoms(use_true_random=False))
def test_the_order_in_which_issues_are_found_changes_nothing(found, method, random):
    shuffled = random.sample(found, len(found))

    one, other = calculate(shuffled, method), calculate(found, method)
    assert (one.rows, one.progress) == (other.rows, other.progress)


@law
@given(some_works, means, st.randoms(use_true_random=False))
def test_only_how_many_issues_a_category_has_matters_not_which(found, method, random):
    permuted = random.sample([work.category for work in found], len(found))
    swapped = [replace(w, category=each) for w, each in zip(found, permuted, strict=True)]

    assert calculate(swapped, method).progress == calculate(found, method).progress


@law
@given(each_once(works, 1), methods(), st.data())
def test_an_issue_that_moves_on_never_lowers_the_progress(found, method, data):
    moved = data.draw(st.sampled_from(found))
    stage = WORTH_ORDER.index(moved.category) if moved.category in WORTH_ORDER else 0
    further = data.draw(st.sampled_from(WORTH_ORDER[stage:]))
    after = [replace(work, category=further) if work == moved else work for work in found]

    before, now = calculate(found, method).progress, calculate(after, method).progress
    assert (before is None) == (now is None)
    if before is not None and now is not None:
        assert now >= before


@law
@given(each_once(works, 1), methods(), st.integers(2, 9))
def test_only_how_weights_stand_to_each_other_matters(found, method, factor):
    heavier = [replace(work, weight=work.weight * factor) for work in found]

    assert calculate(heavier, method).progress == calculate(found, method).progress


@law
@given(each_once(works, 1), scales)
def test_an_issue_of_weight_three_counts_like_three(found, scale):
    copies = [
        replace(work, id=IssueId(work.id.site + 10 * copy, work.id.number), weight=1)
        for work in found
        for copy in range(work.weight)
    ]

    assert calculate(copies, Method(scale)).progress == calculate(found, Method(scale)).progress


@given(some_works, means)
def test_a_status_without_category_counts_as_to_do_and_is_told_as_such(found, method):
    told = [replace(w, category=NEW if w.category is UNDEFINED else w.category) for w in found]

    assert calculate(found, method).progress == calculate(told, method).progress
    assert calculate(found, method).counts == calculate(told, method).counts


@given(each_once(works, 1), methods())
def test_what_has_most_room_left_stands_first(found, method):
    rooms = [row.room for row in calculate(found, method).rows]

    assert rooms == sorted(rooms, reverse=True)


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (Without.LEFT_OUT, Fraction(100 * 8, 10)),  # 8 of 10 points
        (Without.AVERAGE, Fraction(100 * 8, 15)),  # the empty one stands for 5
        (Without.ONE, Fraction(100 * 8, 11)),
    ],
)
def test_an_empty_field_is_not_zero_but_what_was_chosen(without, expected):
    found = [size(1, DONE, 8), size(2, NEW, 2), size(3, NEW)]

    method = Method(Scale(), sized_by="points", without=without)
    assert calculate(found, method).progress == expected


def test_zero_weighs_nothing_and_stays_in_the_table():
    breakdown = calculate([size(1, DONE, 0), size(2, NEW, 3)], Method(sized_by="points"))

    assert breakdown.progress == 0
    assert len(breakdown.rows) == 2


@pytest.mark.parametrize("points", [None, 0, -3])
def test_where_no_issue_weighs_anything_there_is_no_number(points):
    breakdown = calculate([size(1, DONE, points)], Method(sized_by="points"))

    assert breakdown.progress is None
    assert len(breakdown.unsized) == 1


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [(0, 20, 15), (0, 3, 100), (0, 2, 100), (2, 4, 50), (3, 10, 0), (5, 10, 0), (-3, 3, 100)],
)
def test_the_number_of_done_stands_between_start_and_target(start, target, expected):
    found = issues(DONE, DONE, DONE, DOING, NEW)

    method = Method(
        measure=Measure.COUNT,
        scale=Measure.COUNT.scale(Scale()),
        start=Fraction(start),
        target=Fraction(target),
    )
    breakdown = calculate(found, method)
    assert breakdown.progress == expected
    assert breakdown.value == 3


def test_a_sum_over_done_takes_sizes_and_no_weights():
    found = [size(1, DONE, 8, weight=50), size(2, DONE, Fraction(5, 2)), size(3, NEW, 30)]

    method = Method(Measure.SUM.scale(Scale()), Measure.SUM, "points", target=Fraction(42))
    assert calculate(found, method).progress == 25
    assert calculate(found, method).value == Fraction(21, 2)


def test_what_is_counted_cannot_make_a_number_fall():
    method = Method(measure=Measure.COUNT, start=Fraction(20), target=Fraction(5))

    assert calculate(issues(DONE), method).progress is None
