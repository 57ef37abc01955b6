"""Numbers and sentences as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from okr.models import Cycle, KeyResult
from okr.pages import words
from okr.pages.calendar import Calendar
from okr.progress import toward


def key_result(kind="number", unit="", start="0", current="0", target="100", measured=True):
    numbers = {"start": Decimal(start), "current": Decimal(current), "target": Decimal(target)}
    return KeyResult(
        kind=kind,
        measured_in=unit,
        measured_at=date(2026, 5, 3) if measured else None,
        progress=toward(**numbers),
        **numbers,
    )


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("51.200000", "51.2"),
        ("1234567.500000", "1,234,567.5"),
        ("100.000000", "100"),
        ("0.000000", "0"),
        ("-0.000000", "0"),
        ("-7.5", "−7.5"),
        ("1000", "1,000"),
        ("0.000001", "0.000001"),
    ],
)
def test_a_number_has_thousands_and_no_trailing_zeros(amount, text):
    assert words.number(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("kind", "unit", "amount", "text"),
    [
        ("percent", "", "51.2", "51.2%"),
        ("number", "days", "9", "9 days"),
        ("number", "", "9", "9"),
        ("currency", "€", "1250", "€1,250"),
        ("currency", "€", "9.3", "€9.30"),
        ("currency", "€", "-9.3", "−€9.30"),
        ("currency", "CHF", "1250.5", "1,250.50 CHF"),
        ("currency", "", "1250", "1,250"),
        ("yes_no", "", "0", "Not done yet"),
        ("yes_no", "", "1", "Done"),
    ],
)
def test_an_amount_carries_its_unit(kind, unit, amount, text):
    target = "1" if kind == "yes_no" else "100"
    assert words.value(key_result(kind, unit, target=target), Decimal(amount)) == text


@pytest.mark.parametrize(
    ("kind", "target", "text"),
    [("percent", "100", "Target 100%"), ("number", "350", "Target 350"), ("yes_no", "1", "Done")],
)
def test_no_value_is_claimed_that_nobody_measured(kind, target, text):
    followed = key_result(kind, current="204.166655", target=target)
    followed.tracked_by = "elsewhere"
    assert words.way(followed) == text


@pytest.mark.parametrize(
    ("kind", "start", "current", "target", "text"),
    [
        ("percent", "70", "83", "90", "83% → 90%"),
        ("percent", "70", "95", "90", "95%, target 90% reached"),
        ("number", "45", "17", "20", "17, target 20 reached"),
        ("percent", "0", "100", "100", "Target 100% reached"),
    ],
)
def test_the_way_ends_where_the_target_is_reached(kind, start, current, target, text):
    assert words.way(key_result(kind, start=start, current=current, target=target)) == text


@pytest.mark.parametrize(
    ("progress", "expected", "text"),
    [
        ("44", "55", "11 points behind pace"),
        ("54", "55.9", "1 point behind pace"),
        ("60", "55", "5 points ahead of pace"),
        ("55.4", "55", "On pace"),
        (None, "55", "Not measured yet"),
    ],
)
def test_the_distance_to_pace_is_told_in_points(progress, expected, text):
    known = None if progress is None else Decimal(progress)
    assert words.against_pace(known, Decimal(expected)) == text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"kind": "percent", "start": "48", "current": "51.2", "target": "55"},
            "It started at 48%, stands at 51.2 and must reach 55,"
            " so (51.2 − 48) ÷ (55 − 48) = 46%.",
        ),
        (
            {"kind": "currency", "unit": "€", "start": "11.8", "current": "9.3", "target": "9"},
            "It started at €11.80, stands at €9.30 and must reach €9,"
            " so (11.8 − 9.3) ÷ (11.8 − 9) = 89%.",
        ),
        (
            {"unit": "days", "start": "9", "current": "4.7", "target": "3"},
            "It started at 9 days, stands at 4.7 and must reach 3, so (9 − 4.7) ÷ (9 − 3) = 72%.",
        ),
        (
            {"current": "120"},
            "It started at 0, stands at 120 and must reach 100, so (120 − 0) ÷ (100 − 0) = 100%:"
            " past the target, which counts as the whole way.",
        ),
        (
            {"start": "10", "current": "5"},
            "It started at 10, stands at 5 and must reach 100, so (5 − 10) ÷ (100 − 10) = 0%:"
            " behind the start, which counts as nothing.",
        ),
        (
            {"unit": "clinics", "measured": False},
            "No value has been entered yet. It starts at 0 clinics and must reach 100 clinics.",
        ),
        ({"kind": "yes_no", "target": "1"}, "It is not done yet, so 0%."),
        ({"kind": "yes_no", "target": "1", "current": "1"}, "It is done, so 100%."),
    ],
)
def test_a_number_by_hand_explains_itself(given, sentence):
    assert words.by_hand(key_result(**given)) == sentence


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 9, 30), "Starts on 1 October 2026"),
        (date(2026, 10, 1), "Week 1 of 14 · expected progress 1%"),
        (date(2026, 11, 15), "Week 7 of 14 · expected progress 50%"),
        (date(2026, 12, 31), "Week 14 of 14 · expected progress 100%"),
        (date(2027, 1, 1), "Ended on 31 December 2026"),
    ],
)
def test_the_line_below_the_heading_says_where_the_cycle_stands(today, text):
    cycle = Cycle(starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
    assert Calendar(cycle, today).words == text


def test_the_small_line_covers_the_last_weeks_inside_the_cycle():
    cycle = Cycle(starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31))
    assert [day.day for day in Calendar(cycle, date(2026, 10, 16)).recent_weeks()] == [2, 9, 16]
    assert len(Calendar(cycle, date(2026, 12, 20)).recent_weeks()) == 8
    assert Calendar(cycle, date(2027, 3, 1)).recent_weeks()[-1].date() == date(2026, 12, 31)
