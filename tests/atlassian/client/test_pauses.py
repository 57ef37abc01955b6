"""However Atlassian asks us to wait, the wait is between a second and a quarter of an hour."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlassian.client.pauses import LONGEST, SHORTEST, USUAL, read_pause

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def waited(**headers: str) -> float | None:
    until = read_pause({name.replace("_", "-"): value for name, value in headers.items()}, NOW)
    return (until - NOW).total_seconds() if until else None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 1),
        ("7", 7),
        (" 7 ", 7),
        ("2.5", 2.5),
        ("-5", 1),
        ("900", 900),
        ("901", 900),
        (str(10**9), 900),
        ("9" * 400, 30),
        ("1e400", 30),
        ("nan", 30),
        ("inf", 30),
        ("", 30),
        ("soon", 30),
        ("Tue, 03 Nov 2026 10:01:00 GMT", 60),
        ("Tue, 03 Nov 2026 09:00:00 GMT", 1),
        ("Tue, 03 Nov 2027 10:00:00 GMT", 900),
        ("Tue, 99 Nov 2026 10:01:00 GMT", 30),
        ("Tue, 03 Nov 99999999999 10:01:00 GMT", 30),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text, seconds):
    assert waited(Retry_After=text) == seconds


def test_without_a_word_there_is_no_pause():
    assert waited() is None


def test_the_reset_time_stands_in_for_a_missing_or_unreadable_retry_after():
    assert waited(X_RateLimit_Reset="2026-11-03T10:02Z") == 120
    assert waited(X_RateLimit_Reset="2026-11-03T10:02Z", Retry_After="soon") == 120
    assert waited(X_RateLimit_Reset="2026-11-03T10:02Z", Retry_After="5") == 5
    assert waited(X_RateLimit_Reset="tomorrow") == 30


def test_a_date_is_measured_by_the_clock_that_wrote_it():
    """A clock that goes an hour wrong, here or there, makes nobody too early."""
    headers = {"Retry_After": "Tue, 03 Nov 2026 11:01:00 GMT"}
    assert waited(Date="Tue, 03 Nov 2026 11:00:00 GMT", **headers) == 60
    assert waited(Date="nonsense", **headers) == 900


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_sensible_pause(retry_after, reset, date):
    until = read_pause({"Retry-After": retry_after, "X-RateLimit-Reset": reset, "Date": date}, NOW)
    assert until is not None
    assert SHORTEST <= until - NOW <= LONGEST


@given(st.integers(min_value=1, max_value=900))
def test_a_wait_that_is_asked_for_is_never_cut_short(seconds):
    assert waited(Retry_After=str(seconds)) == seconds
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert waited(Retry_After=date) == seconds


@given(st.floats())
def test_any_number_makes_a_sensible_pause(number):
    until = read_pause({"Retry-After": repr(number)}, NOW)
    assert until is not None
    assert SHORTEST <= until - NOW <= LONGEST
    assert USUAL < LONGEST
