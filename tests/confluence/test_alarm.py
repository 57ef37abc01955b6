"""What reading cannot mend is told once, to whom it concerns."""

from datetime import timedelta

from django.utils import timezone

from confluence import reading
from confluence.alarm import tell_of_failing
from confluence.models import ConfluenceConnection, ConfluenceSettings
from confluence.tasks import tick
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import KeyResult, Notification, Occasion, Person
from tests.confluence.stage import HOURS, ROOMS, attach, connected


def told(kind: str) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [(each.person.name.split()[0], each.words) for each in rows]


def test_a_refused_account_is_told_to_admins_once(
    wiki: SandboxConfluence, connection: ConfluenceConnection, key_result: KeyResult, olga: Person
) -> None:
    wiki.fault("401")
    reading.read(connection.pk)
    for _ in range(2):
        tick()
    [(name, words)] = told(Occasion.SYNC_FAILING)
    assert name == "Olga"
    assert "once it is connected anew" in words


def test_silence_is_told_after_an_hour_and_never_while_it_is_off(db: None, olga: Person) -> None:
    now = timezone.now()
    connected(failing_since=now, failure_code="unavailable")
    tell_of_failing(now + timedelta(minutes=61))
    ConfluenceSettings.load().switch("enabled", on=True)
    tell_of_failing(now + timedelta(minutes=59))
    assert not told(Occasion.SYNC_FAILING)
    for minutes in (61, 62):
        tell_of_failing(now + timedelta(minutes=minutes))
    assert len(told(Occasion.SYNC_FAILING)) == 1


def test_pages_that_vanish_are_told_to_the_owner_once_and_without_their_titles(
    wiki: SandboxConfluence, connection: ConfluenceConnection, key_result: KeyResult
) -> None:
    for number in (HOURS, ROOMS):
        attach(number, key_result)
        wiki.trash(number)
    for _ in range(2):
        reading.read(connection.pk)
    [(name, words)] = told(Occasion.LINK_BROKEN)
    assert name == key_result.owner.name.split()[0]
    assert "can no longer be read" in words
    assert "Opening" not in words


def test_of_a_closed_cycle_nothing_is_told(
    wiki: SandboxConfluence, connection: ConfluenceConnection, key_result: KeyResult, olga: Person
) -> None:
    attach(HOURS, key_result)
    key_result.objective.cycle.close(by=olga, at=timezone.now())
    wiki.trash(HOURS)
    reading.read(connection.pk)
    assert not told(Occasion.LINK_BROKEN)
