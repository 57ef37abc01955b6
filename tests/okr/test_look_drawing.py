"""Pictures measure what they show, and no number can push one out of its frame."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as some

from okr import drawing, history_chart
from okr.slots import Reconstruction

START = datetime(2026, 4, 1, tzinfo=UTC)
END = START + timedelta(weeks=13)
PLOT = history_chart.Plot(START, END)


@pytest.mark.parametrize(
    ("percent", "width"), [(None, 0), (-4, 0), (0, 0), (Decimal("61.5"), 61.5), (104, 100)]
)
def test_a_bar_is_as_long_as_its_progress_within_its_track(percent, width):
    assert drawing.clamped(percent) == width


def test_half_a_ring_is_half_its_way_round():
    ring = drawing.ring(50, 48)

    assert ring.around == pytest.approx(2 * pi * ring.radius, abs=0.01)
    assert ring.filled == pytest.approx(ring.around / 2, abs=0.01)
    assert ring.radius + ring.stroke / 2 <= ring.centre


def test_one_point_makes_no_line():
    assert drawing.sparkline([40]) is None


@given(some.lists(some.integers(-10, 110), min_size=2, max_size=60))
def test_a_small_line_stays_in_its_frame(percents):
    drawn = drawing.sparkline(percents)

    assert drawn is not None
    for x, y in spots(drawn.line):
        assert 0 <= x <= drawn.width
        assert 0 <= y <= drawn.height


def test_a_move_of_two_points_is_not_drawn_as_a_leap():
    drawn = drawing.sparkline([50, 52])

    assert drawn is not None
    (_, first), (_, last) = spots(drawn.line)
    assert 0 < first - last < drawn.height / 8


def spots(path: str) -> list[tuple[float, float]]:
    pairs = path.removeprefix("M").split(" L")
    return [(float(x), float(y)) for x, y in (pair.split() for pair in pairs)]


def test_progress_holds_its_value_until_the_next_one():
    points = [(START + timedelta(weeks=1), 10), (START + timedelta(weeks=2), 30)]
    until = START + timedelta(weeks=3)

    path = history_chart.stepped(PLOT, points, until)

    x = [PLOT.x(START + timedelta(weeks=week)) for week in (1, 2, 3)]
    assert path == f"M{x[0]} {PLOT.y(10)} H{x[1]} V{PLOT.y(30)} H{x[2]}"


def test_what_was_known_before_the_chart_begins_is_where_its_line_begins():
    before = [(START - timedelta(weeks=3), 5), (START - timedelta(weeks=1), 20)]

    path = history_chart.stepped(PLOT, before, END)

    assert path == f"M{PLOT.x(START)} {PLOT.y(20)} H{PLOT.x(END)}"


def test_the_line_ends_today_and_today_is_marked_only_within_the_cycle():
    points = [(START, Decimal(10))]
    now = START + timedelta(weeks=6)

    during = history_chart.draw(points, start=START, end=END, now=now)
    later = history_chart.draw(points, start=START, end=END, now=END + timedelta(days=1))

    assert during.line.endswith(f"H{PLOT.x(now)}")
    assert during.today == PLOT.x(now)
    assert later.line.endswith(f"H{PLOT.x(END)}")
    assert later.today is None


def test_the_expected_line_climbs_from_nothing_to_everything():
    chart = history_chart.draw([], start=START, end=END, now=START)

    assert chart.expected == f"M{PLOT.x(START)} {PLOT.y(0)} L{PLOT.x(END)} {PLOT.y(100)}"
    assert chart.line == chart.area == ""
    assert chart.summary == "No progress has been recorded yet."


def test_the_expected_line_of_dated_milestones_climbs_in_their_steps():
    week = START + timedelta(weeks=4)
    due = [(START, Decimal(0)), (week, Decimal(40))]

    chart = history_chart.draw([], start=START, end=END, now=START, due=due)

    x = [PLOT.x(START), PLOT.x(week), PLOT.x(END)]
    assert chart.expected == f"M{x[0]} {PLOT.y(0)} H{x[1]} V{PLOT.y(40)} H{x[2]}"


def test_the_chart_is_told_in_a_sentence_and_as_a_table():
    points = [(START, Decimal(40)), (START + timedelta(days=9), Decimal(62))]
    events = [(START + timedelta(days=9), Decimal(62), "dot", "2 done")]

    chart = history_chart.draw(points, start=START, end=END, now=END, events=events)

    assert chart.summary == (
        "Progress from 40% on 1 April to 62% on 10 April, in 1 step. 1 event is marked."
    )
    assert [(row[1], row[2]) for row in chart.rows] == [
        ("62%", "2 done"),
        ("40%", ""),
    ]


def test_what_is_reconstructed_is_a_line_of_its_own_that_ends_where_the_record_begins():
    week = [START + timedelta(weeks=number) for number in range(5)]
    retold = Reconstruction([(week[0], Decimal(5)), (week[2], Decimal(20))], week[3], "Retold")
    points = [(week[3], Decimal(30))]

    chart = history_chart.draw(points, start=START, end=END, now=week[4], retold=retold)

    x, y = [PLOT.x(each) for each in week], PLOT.y
    assert chart.retold == f"M{x[0]} {y(5)} H{x[2]} V{y(20)} H{x[3]} V{y(30)}"
    assert chart.line == f"M{x[3]} {y(30)} H{x[4]}"
    assert chart.summary == (
        "Progress from 30% on 22 April to 30% on 22 April, in 0 steps."
        " From 5% on 1 April to 20% on 22 April it is reconstructed."
    )
    assert [(row[1], row[2]) for row in chart.rows] == [
        ("30%", ""),
        ("20%", "Retold"),
        ("5%", "Retold"),
    ]


def test_what_is_reconstructed_stands_alone_before_anything_is_recorded():
    retold = Reconstruction([(START, Decimal(5))], START + timedelta(weeks=2), "Retold")

    chart = history_chart.draw([], start=START, end=END, now=END, retold=retold)

    assert chart.retold == f"M{PLOT.x(START)} {PLOT.y(5)} H{PLOT.x(retold.until)}"
    assert chart.line == ""


@pytest.mark.parametrize("weeks", [1, 4, 13, 26, 52])
def test_the_dates_below_a_chart_are_few_and_lie_within_it(weeks):
    end = START + timedelta(weeks=weeks)

    dates = history_chart.dates_below(START, end)

    assert 1 <= len(dates) <= history_chart.MOST_DATES + 1
    assert all(START <= moment < end for moment in dates)
