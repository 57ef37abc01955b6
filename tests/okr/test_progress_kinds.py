"""The arithmetic of milestones and thresholds, by tables and by laws."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okr.progress import Step, holds, share_done, share_due

values = st.decimals(-(10**9), 10**9, places=6)
weights = st.decimals(0, 9999, places=2)
JUNE = date(2026, 6, 1)
steps = st.builds(Step, weights, st.dates(JUNE, date(2026, 9, 30)), st.booleans())


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ([], None),
        ([("0", True)], None),
        ([("1", False)], "0"),
        ([("1", True)], "100"),
        ([("1", True), ("1", False), ("1", False)], "33.3333"),
        ([("3", True), ("1", False)], "75"),
        ([("3", True), ("0", False)], "100"),
    ],
)
def test_milestones_count_by_their_weight(planned, expected):
    share = share_done(Step(Decimal(weight), JUNE, done) for weight, done in planned)
    assert share == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 5, 31), "0"), (JUNE, "25"), (date(2026, 6, 9), "25"), (date(2026, 7, 1), "100")],
)
def test_a_milestone_is_due_on_its_day(today, expected):
    planned = [
        Step(Decimal(1), JUNE, is_done=False),
        Step(Decimal(3), date(2026, 6, 10), is_done=True),
    ]
    assert share_due(planned, today) == Decimal(expected)


@given(st.lists(steps), st.integers(0, 10))
def test_reaching_a_milestone_never_lowers_the_share(planned, place):
    if place < len(planned):
        reached = [*planned]
        reached[place] = Step(planned[place].weight, planned[place].due_on, is_done=True)
        before, after = share_done(planned), share_done(reached)
        assert (before is None) == (after is None)
        assert after is None or before is None or after >= before


@given(st.lists(steps), st.dates(JUNE, date(2026, 9, 30)), st.integers(0, 90))
def test_what_is_due_never_goes_back(planned, today, later):
    now, then = share_due(planned, today), share_due(planned, today + timedelta(days=later))
    assert now is None or (then is not None and 0 <= now <= then <= 100)


@given(st.lists(steps))
def test_at_the_end_everything_that_counts_is_due(planned):
    assert share_due(planned, date(2026, 9, 30)) in (None, 100)


@pytest.mark.parametrize(
    ("value", "above", "progress"),
    [
        ("99.5", True, 100),
        ("99.49", True, 0),
        ("100", True, 100),
        ("99.5", False, 100),
        ("99.51", False, 0),
        ("-3", False, 100),
    ],
)
def test_a_threshold_holds_or_is_broken(value, above, progress):
    assert holds(Decimal(value), Decimal("99.5"), above=above) == progress


@given(values, values)
def test_a_value_beside_its_threshold_holds_on_exactly_one_side(value, threshold):
    assume(value != threshold)
    sides = [holds(value, threshold, above=above) for above in (True, False)]
    assert sorted(sides) == [0, 100]
