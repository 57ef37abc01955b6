"""Rebasing: the way that is left, by tables and by its laws."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okr.progress import NONE, WHOLE, rebase, same_day, toward

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "current", "target", "left"),
    [
        (0, 45, 80, (45, 80)),
        (19, 5, 2, (5, 2)),
        (0, -10, 80, (-10, 80)),
        (0, 0, 1, (0, 1)),
        (0, 80, 80, None),
        (0, 95, 80, None),
        (19, 1, 2, None),
    ],
)
def test_what_is_left_starts_where_it_stands(start, current, target, left):
    assert rebase(Decimal(start), Decimal(current), Decimal(target)) == left


@given(numbers, numbers, numbers)
def test_it_starts_anew_toward_the_same_target_and_never_turns_round(start, current, target):
    assume(start != target)
    left = rebase(start, current, target)
    if left is None:
        assert toward(start, current, target) == WHOLE
        return
    new_start, new_target = left
    assert (new_start, new_target) == (current, target)
    assert toward(new_start, new_start, new_target) == NONE
    assert toward(new_start, target, new_target) == WHOLE
    assert (target > start) == (target > new_start)


@given(numbers, numbers, numbers, numbers)
def test_who_moves_on_is_never_further_back_than_before(start, current, target, later):
    assume(start != target)
    assume(min(start, target) <= current <= max(start, target))
    left = rebase(start, current, target)
    if left is None:
        return
    new_start, new_target = left
    if (later - target) * (target - start) >= 0:
        assert toward(new_start, later, new_target) == WHOLE
    assert toward(new_start, later, new_target) <= toward(start, later, target)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 9, 15), date(2026, 12, 16)),
        (date(2026, 9, 30), date(2026, 12, 31)),
        (date(2026, 6, 1), date(2026, 10, 1)),
        (date(2027, 9, 30), date(2026, 12, 31)),
    ],
)
def test_a_day_is_as_far_into_the_later_period(day, moved):
    later = (date(2026, 10, 1), date(2026, 12, 31))
    assert same_day(day, date(2026, 7, 1), *later) == moved


@given(days, days, days, days)
def test_a_moved_day_lies_in_the_later_period(day, starts_on, later_starts_on, later_ends_on):
    assume(later_starts_on <= later_ends_on)
    moved = same_day(day, starts_on, later_starts_on, later_ends_on)
    assert later_starts_on <= moved <= later_ends_on
