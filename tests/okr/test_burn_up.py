"""The pictures of the dashboard, measured: the line, its labels, and the colours of the gaps."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from okr import heat
from okr.burn_up import DESK, PHONE, Point, draw

START = datetime(2026, 9, 21, tzinfo=UTC)
END = START + timedelta(weeks=13)


def point(week, progress, expected=50):
    reached = None if progress is None else Decimal(progress)
    return Point(week, START + timedelta(weeks=week), Decimal(expected), reached)


def drawn(points, now=None, size=DESK):
    return draw(points, start=START, end=END, now=now or START + timedelta(weeks=6), size=size)


def test_the_line_leaves_unknown_weeks_out():
    picture = drawn([point(1, None), point(2, 10), point(3, 40)])
    assert [spot.point.week for spot in picture.spots] == [2, 3]
    assert picture.line.count("L") == 1


def test_nothing_known_draws_the_pace_alone():
    picture = drawn([point(1, None)])
    assert (picture.line, picture.area, picture.between, picture.labels) == ("", "", "", [])
    assert picture.last is None


def test_a_week_that_is_not_over_ends_today():
    now = START + timedelta(weeks=2, days=3)
    picture = drawn([point(3, 10)], now=now)
    assert picture.last.x == picture.today


@pytest.mark.parametrize("progress", [0, 48, 50, 52, 100])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_two_labels_never_overlap(progress, size):
    stands, should = drawn([point(6, progress)], size=size).labels
    assert abs(stands.y - should.y) >= 11


def test_near_the_end_the_labels_stand_on_the_left():
    assert [each.anchor for each in drawn([point(6, 40)]).labels] == ["start", "start"]
    assert [each.anchor for each in drawn([point(13, 40)], now=END).labels] == ["end", "end"]


def test_after_the_end_there_is_no_today():
    assert drawn([point(13, 40)], now=END + timedelta(days=9)).today is None


@pytest.mark.parametrize(
    ("gap", "step"),
    [(-100, 0), (-26, 0), (-25, 1), (-11, 1), (-10, 2), (0, 2), (10, 2), (11, 3), (25, 3), (26, 4)],
)
def test_a_bound_belongs_to_the_milder_colour(gap, step):
    assert heat.step(gap) == step


@pytest.mark.parametrize(("gap", "told"), [(-12, "−12"), (0, "0"), (3, "+3")])
def test_a_gap_carries_its_sign(gap, told):
    assert heat.signed(gap) == told


def test_a_point_knows_how_far_it_is_from_the_pace():
    assert point(1, None).ahead is None
    assert point(1, "37.5").ahead == -12
