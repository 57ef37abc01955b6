"""How often Jira is read: as often as was set, whatever a tick or a reading takes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from pytest_django.fixtures import Settings

from jira_integration import sync
from jira_integration.models import JiraConnection, SyncRun, Trigger

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def set_pause(settings: Settings, seconds: int) -> float:
    """As config.settings does; answers the tick."""
    settings.JIRA_SYNC_SECONDS = seconds
    settings.JIRA_TICK_SECONDS = seconds / ceil(seconds / 15)
    return float(settings.JIRA_TICK_SECONDS)


def readings(
    connection: JiraConnection, ticks: list[float], pause: int, took: float
) -> list[float]:
    """When readings start, in seconds after noon, if each begins at its tick and takes so long."""
    begun: list[float] = []
    for tick in ticks:
        busy = begun and tick < begun[-1] + took
        now = NOON + timedelta(seconds=tick)
        if busy or not JiraConnection.objects.due(now).exists():
            continue
        begun.append(tick)
        ended, following = now + timedelta(seconds=took), now + timedelta(seconds=pause)
        connection.succeeded(ended, following, complete=True)
    return begun


def uneven(tick: float, number: int = 60) -> list[float]:
    """Ticks as a schedule gives them: a little early, a little late."""
    shifts = (0, 0.08, -0.05, 0.2, 0.01, -0.1)
    return [tick * n + shifts[n % len(shifts)] for n in range(number)]


@pytest.mark.parametrize("pause", [2, 5, 15, 16, 20, 60, 100])
@pytest.mark.parametrize("took", [0.05, 0.9])
def test_the_mean_distance_of_readings_is_what_was_set(
    connection: JiraConnection, settings: Settings, pause: int, took: float
) -> None:
    tick = set_pause(settings, pause)

    begun = readings(connection, uneven(tick), pause, took)

    distances = [after - before for before, after in pairwise(begun)]
    assert sum(distances) / len(distances) == pytest.approx(pause, rel=0.03)
    assert min(distances) >= pause - tick / 2


def test_a_reading_longer_than_the_pause_is_followed_by_the_next_tick(
    connection: JiraConnection, settings: Settings
) -> None:
    tick = set_pause(settings, 5)

    assert readings(connection, [tick * n for n in range(7)], 5, took=12) == [0, 15, 30]


def test_two_schedules_at_once_read_no_more_often(
    connection: JiraConnection, settings: Settings
) -> None:
    tick = set_pause(settings, 10)
    twice = sorted(tick * n / 2 + 1.3 * (n % 2) for n in range(20))

    distances = [after - before for before, after in pairwise(readings(connection, twice, 10, 1))]

    assert min(distances) >= 10 - tick / 2


def test_after_a_failure_nothing_is_asked_before_its_time(
    connection: JiraConnection, settings: Settings
) -> None:
    set_pause(settings, 10)
    connection.failure_code, connection.next_read_at = "rate_limited", NOON
    connection.save()

    assert not JiraConnection.objects.due(NOON - timedelta(seconds=1)).exists()
    assert JiraConnection.objects.due(NOON).exists()


def test_a_suspended_connection_waits_for_a_person(connection: JiraConnection) -> None:
    JiraConnection.objects.update(suspended=True, next_read_at=None)

    assert not JiraConnection.objects.due(NOON).exists()


def test_a_reading_is_due_again_from_when_it_began(
    connection: JiraConnection, settings: Settings
) -> None:
    set_pause(settings, 60)
    run = SyncRun.objects.ask(connection, Trigger.HAND)
    lease = JiraConnection.objects.claim(connection.pk, NOON)
    assert lease is not None
    assert run.start(lease, NOON)

    sync.sync(run)

    connection.refresh_from_db()
    assert connection.next_read_at == NOON + timedelta(seconds=60)
