"""An age is said as a person would say it."""

from datetime import UTC, datetime, timedelta

import pytest

from okr import ages

NOW = datetime(2026, 5, 12, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW + timedelta(seconds=2), "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(minutes=3, seconds=20), "3 min ago"),
        (NOW - timedelta(minutes=59), "59 min ago"),
        (datetime(2026, 5, 12, 9, 40, tzinfo=UTC), "from 09:40"),
        (datetime(2026, 5, 11, 23, 59, tzinfo=UTC), "from 11 May"),
        (datetime(2025, 5, 12, 9, 40, tzinfo=UTC), "from 12 May 2025"),
    ],
)
def test_an_age_is_said_in_the_nearest_words(moment, words):
    assert ages.words(moment, NOW) == words


def test_what_is_stale_is_never_from_just_now():
    assert ages.words(NOW, NOW + timedelta(seconds=5), "stale") == "from 15:00"


@pytest.mark.parametrize(
    ("minutes", "state"), [(5, "fresh"), (6, "ageing"), (15, "ageing"), (16, "stale")]
)
def test_a_reading_ages_and_then_goes_stale(minutes, state):
    moment = NOW - timedelta(minutes=minutes)

    assert ages.state(moment, NOW, timedelta(minutes=5)) == state


def test_what_need_not_be_fresh_never_goes_stale():
    assert ages.state(NOW - timedelta(days=400), NOW, None) == "fresh"
