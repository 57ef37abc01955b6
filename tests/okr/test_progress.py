"""The arithmetic of progress, by tables and by laws."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okr.progress import (
    Part,
    gap,
    pace,
    points,
    rollup,
    settle,
    shown,
    suggest_confidence,
    toward,
    value_at,
    whole,
)

values = st.decimals(-(10**9), 10**9, places=6)
percentages = st.decimals(0, 100, places=4)
weights = st.decimals(0, 9999, places=2)
heavy = st.decimals("0.01", 9999, places=2)
parts = st.builds(Part, st.none() | percentages, weights)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("start", "current", "target", "expected"),
    [
        ("0", "0", "100", "0"),
        ("0", "62", "100", "62"),
        ("0", "140", "100", "100"),
        ("0", "-5", "100", "0"),
        ("9", "7", "4", "40"),
        ("9", "11", "4", "0"),
        ("9", "2", "4", "100"),
        ("0", "1", "3", "33.3333"),
        ("0", "2", "3", "66.6667"),
        ("-10", "0", "10", "50"),
        ("4.2", "4.5", "4.8", "50"),
        ("0", "1", "1", "100"),
        ("0", "0.0000005", "1", "0.0001"),
    ],
)
def test_toward_tells_how_far_a_value_has_come(start, current, target, expected):
    assert toward(Decimal(start), Decimal(current), Decimal(target)) == Decimal(expected)


def test_toward_refuses_a_way_of_no_length():
    with pytest.raises(ValueError, match="must differ"):
        toward(Decimal(5), Decimal(7), Decimal(5))


@given(values, values, values)
def test_toward_stays_within_its_bounds(start, current, target):
    assume(start != target)
    progress = toward(start, current, target)
    assert 0 <= progress <= 100
    assert progress == progress.quantize(Decimal("0.0001"))


@given(values, values)
def test_toward_begins_at_nothing_and_ends_at_the_whole(start, target):
    assume(start != target)
    assert toward(start, start, target) == 0
    assert toward(start, target, target) == 100


@given(values, values, values, values)
def test_a_step_in_the_right_direction_never_lowers_progress(start, target, one, other):
    assume(start != target)
    nearer, farther = sorted((one, other), reverse=target > start)
    assert toward(start, nearer, target) >= toward(start, farther, target)


@given(values, values, values)
def test_the_direction_makes_no_difference(start, current, target):
    assume(start != target)
    assert toward(start, current, target) == toward(-start, -current, -target)


@given(values, values, percentages)
def test_value_at_is_the_way_back_from_toward(start, target, progress):
    assume(abs(target - start) >= 1)
    assert toward(start, value_at(start, progress, target), target) == progress


@pytest.mark.parametrize(
    ("given_parts", "expected"),
    [
        ([], None),
        ([(None, "1")], None),
        ([("50", "0")], None),
        ([("62", "1")], "62"),
        ([("0", "1"), ("100", "1")], "50"),
        ([("0", "1"), ("100", "3")], "75"),
        ([("40", "1"), (None, "5")], "40"),
        ([("40", "1"), ("90", "0")], "40"),
        ([("100", "1"), ("0", "1"), ("0", "1")], "33.3333"),
    ],
)
def test_rollup_is_the_weighted_mean_of_what_was_measured(given_parts, expected):
    rolled = rollup(Part(None if p is None else Decimal(p), Decimal(w)) for p, w in given_parts)
    assert rolled == (None if expected is None else Decimal(expected))


@given(st.lists(parts))
def test_rollup_lies_between_the_least_and_the_most(given_parts):
    rolled = rollup(given_parts)
    counted = [part.progress for part in given_parts if part.progress is not None and part.weight]
    if not counted:
        assert rolled is None
    else:
        assert rolled is not None
        assert min(counted) <= rolled <= max(counted)


@given(st.lists(parts), st.integers(1, 1000))
def test_only_the_proportion_of_weights_counts(given_parts, times):
    scaled = [Part(part.progress, part.weight * times) for part in given_parts]
    assert rollup(scaled) == rollup(given_parts)


@given(st.lists(parts), st.randoms())
def test_rollup_does_not_depend_on_the_order(given_parts, chance):
    shuffled = list(given_parts)
    chance.shuffle(shuffled)
    assert rollup(shuffled) == rollup(given_parts)


@given(st.lists(parts), percentages, percentages, heavy)
def test_a_part_that_moves_forward_never_lowers_the_whole(others, one, other, weight):
    low, high = sorted((one, other))
    before, after = (rollup([*others, Part(at, weight)]) for at in (low, high))
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.integers(1, 50), percentages, heavy)
def test_parts_that_agree_roll_up_to_what_they_say(count, progress, weight):
    assert rollup([Part(progress, weight)] * count) == progress


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), "0"),
        (date(2026, 10, 1), "10"),
        (date(2026, 10, 5), "50"),
        (date(2026, 10, 10), "100"),
        (date(2026, 10, 11), "100"),
    ],
)
def test_pace_counts_whole_days_with_both_ends(today, expected):
    assert pace(date(2026, 10, 1), date(2026, 10, 10), today) == Decimal(expected)


@given(days, st.integers(1, 400), days, st.integers(0, 400))
def test_pace_never_goes_back(starts_on, length, today, later):
    ends_on = starts_on + timedelta(days=length)
    now, then = (
        pace(starts_on, ends_on, today),
        pace(starts_on, ends_on, today + timedelta(days=later)),
    )
    assert 0 <= now <= then <= 100


@given(percentages)
def test_what_is_shown_never_claims_an_end_that_is_not_reached(progress):
    number = whole(progress)
    assert (number == 100) == (progress == 100)
    assert (number == 0) == (progress == 0)
    assert abs(number - progress) < 1
    assert shown(progress) == f"{number}%"


@given(percentages, percentages)
def test_what_is_shown_keeps_the_order(one, other):
    low, high = sorted((one, other))
    assert whole(low) <= whole(high)


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (None, "–"),
        ("0", "0%"),
        ("0.0001", "1%"),
        ("0.4", "1%"),
        ("61.5385", "62%"),
        ("62.4999", "62%"),
        ("62.5", "63%"),
        ("99.5", "99%"),
        ("99.9999", "99%"),
        ("100", "100%"),
    ],
)
def test_shown(progress, text):
    assert shown(None if progress is None else Decimal(progress)) == text


@pytest.mark.parametrize(
    ("progress", "expected", "confidence"),
    [
        ("60", "50", "on_track"),
        ("40", "50", "on_track"),
        ("39.9999", "50", "at_risk"),
        ("25", "50", "at_risk"),
        ("24.9999", "50", "off_track"),
        (None, "10", "on_track"),
        (None, "30", "off_track"),
    ],
)
def test_the_calendar_suggests_a_confidence(progress, expected, confidence):
    measured = None if progress is None else Decimal(progress)
    assert suggest_confidence(measured, Decimal(expected)) == confidence


def test_a_gap_has_a_sign():
    assert gap(Decimal(40), Decimal(51)) == -11
    assert gap(Decimal(60), Decimal(51)) == 9
    assert gap(None, Decimal(51)) == -51


@pytest.mark.parametrize(("difference", "whole_points"), [("10.9", 10), ("-10.9", -10), ("0.9", 0)])
def test_points_are_cut_toward_zero(difference, whole_points):
    assert points(Decimal(difference)) == whole_points


@given(st.fractions(-1000, 1000))
def test_settle_is_bounded_and_within_half_a_place(percent):
    settled = settle(percent)
    bounded = min(max(percent, Fraction(0)), Fraction(100))
    assert abs(Fraction(settled) - bounded) <= Fraction(1, 20_000)
