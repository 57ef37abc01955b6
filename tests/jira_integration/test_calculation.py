"""The formula obeys its laws for any issues and any percentages."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.calculation import Breakdown, Category, Scale, Work, calculate
from okr.progress import settle, shown

NEW, DOING, DONE, UNDEFINED = (
    Category.NEW,
    Category.INDETERMINATE,
    Category.DONE,
    Category.UNDEFINED,
)
WORTH_ORDER = [NEW, DOING, DONE]

categories = st.sampled_from(list(Category))
works = st.lists(st.builds(Work, st.integers(1, 400), categories), max_size=120)
some_works = st.lists(
    st.builds(Work, st.integers(1, 400), categories),
    min_size=1,
    max_size=60,
    unique_by=lambda w: w.id,
)
scales = st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True).map(
    lambda values: Scale(*sorted(values))
)


def issues(*categories: Category) -> list[Work]:
    return [Work(number, category) for number, category in enumerate(categories, start=1)]


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
    assert calculate(issues(*found), scale).progress == expected


def test_seven_done_two_in_progress_and_four_to_do_are_shown_as_62_percent():
    breakdown = calculate(issues(*[DONE] * 7, *[DOING] * 2, *[NEW] * 4), Scale())

    assert shown(settle(progress(breakdown))) == "62%"
    assert breakdown.counts == {DONE: 7, DOING: 2, NEW: 4}
    contributed = {row.work.category: row.contributes for row in breakdown.rows}
    assert round(float(contributed[DONE]), 1) == 7.7
    assert round(float(contributed[DOING]), 1) == 3.8
    assert round(float(sum(row.contributes for row in breakdown.rows)), 1) == 61.5


def test_one_open_issue_among_200_is_not_rounded_up_to_100_percent():
    breakdown = calculate(issues(*[DONE] * 199, NEW), Scale())

    assert settle(progress(breakdown)) == Decimal("99.5")
    assert shown(settle(progress(breakdown))) == "99%"


def test_no_issue_is_no_number_rather_than_nothing_percent():
    assert calculate([], Scale()).progress is None


@given(works, scales)
def test_progress_stays_between_to_do_and_done(found, scale):
    total = calculate(found, scale).progress

    assert total is None if not found else scale.to_do <= total <= scale.done


@given(works, scales)
def test_the_rows_add_up_to_the_total_exactly(found, scale):
    breakdown = calculate(found, scale)

    if breakdown.rows:
        assert sum((row.contributes for row in breakdown.rows), Fraction(0)) == breakdown.progress
        left = sum((row.room for row in breakdown.rows), Fraction(0))
        assert progress(breakdown) + left == scale.done


@given(works, scales)
def test_an_issue_found_twice_counts_once(found, scale):
    by_id = {work.id: work for work in found}

    assert calculate(found, scale) == calculate(by_id.values(), scale)
    assert len(calculate(found, scale).rows) == len(by_id)
    assert sum(calculate(found, scale).counts.values()) == len(by_id)


@given(some_works, scales, st.randoms(use_true_random=False))
def test_the_order_in_which_issues_are_found_changes_nothing(found, scale, random):
    shuffled = random.sample(found, len(found))

    assert calculate(shuffled, scale) == calculate(found, scale)


@given(some_works, scales, st.randoms(use_true_random=False))
def test_only_how_many_issues_a_category_has_matters_not_which(found, scale, random):
    permuted = random.sample([work.category for work in found], len(found))
    swapped = [Work(work.id, category) for work, category in zip(found, permuted, strict=True)]

    assert calculate(swapped, scale).progress == calculate(found, scale).progress


@given(some_works, scales, st.data())
def test_an_issue_that_moves_on_never_lowers_the_progress(found, scale, data):
    moved = data.draw(st.sampled_from(found))
    stage = WORTH_ORDER.index(moved.category) if moved.category in WORTH_ORDER else 0
    further = data.draw(st.sampled_from(WORTH_ORDER[stage:]))
    after = [Work(work.id, further) if work == moved else work for work in found]

    before_total, after_total = progress(calculate(found, scale)), progress(calculate(after, scale))
    assert after_total >= before_total
    if WORTH_ORDER.index(further) > stage:
        assert after_total > before_total


@given(some_works, scales)
def test_a_status_without_category_counts_as_to_do_and_is_told_as_such(found, scale):
    told = [Work(w.id, NEW if w.category is UNDEFINED else w.category) for w in found]

    assert calculate(found, scale).progress == calculate(told, scale).progress
    assert calculate(found, scale).counts == calculate(told, scale).counts


@given(some_works, scales)
def test_what_has_most_room_left_stands_first(found, scale):
    rooms = [row.room for row in calculate(found, scale).rows]

    assert rooms == sorted(rooms, reverse=True)
