"""What is known of attached pages follows Confluence, and never follows a mistake."""

import pytest
from django.utils import timezone

from confluence import reading
from confluence.models import Absence, ConfluenceConnection, ConfluencePage, PagesRead
from confluence.tasks import tick
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import KeyResult
from tests.confluence.stage import BOTH, HOURS, ROOMS, attach


def read(connection: ConfluenceConnection) -> PagesRead:
    made = reading.read(connection.pk)
    assert made
    connection.refresh_from_db()
    return made


@pytest.fixture
def hours(connection: ConfluenceConnection, key_result: KeyResult) -> ConfluencePage:
    return attach(HOURS, key_result)


@BOTH
def test_a_new_title_is_taken_over(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    wiki.amend(HOURS, title="Hours of opening")
    made = read(connection)
    hours.refresh_from_db()
    assert hours.title == "Hours of opening"
    assert (made.pages, made.changed, made.lost, made.failure) == (1, 1, 0, None)
    assert connection.read_at


@BOTH
@pytest.mark.parametrize("verb", ["trash", "purge", "hide"])
def test_a_page_that_is_gone_is_marked_and_keeps_its_title(
    verb: str, wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    getattr(wiki, verb)(HOURS)
    made = read(connection)
    hours.refresh_from_db()
    assert (hours.absence, hours.title, made.lost) == (Absence.GONE, "Opening hours", 1)
    assert read(connection).lost == 0


@BOTH
def test_a_page_that_comes_back_is_told_again(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    wiki.trash(HOURS)
    read(connection)
    wiki.trash(HOURS, trashed=False)
    read(connection)
    hours.refresh_from_db()
    assert hours.absence == ""


def test_a_page_that_is_refused_is_told_as_such(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    wiki.hide(HOURS)
    wiki.fault("403", path=f"*/pages/{HOURS}")
    read(connection)
    hours.refresh_from_db()
    assert hours.absence == Absence.FORBIDDEN
    assert not connection.suspended


@BOTH
def test_a_token_that_ends_on_the_way_loses_no_page(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    wiki.fault("anonymous", after=1)
    made = read(connection)
    hours.refresh_from_db()
    assert hours.absence == ""
    assert made.failure
    assert connection.suspended


@pytest.mark.parametrize("kind", ["500", "truncated", "reset", "html"])
def test_what_passes_is_tried_again_and_changes_nothing(
    kind: str, wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    wiki.fault(kind, times=1)
    made = read(connection)
    assert made.failure
    assert connection.failing_since
    assert not connection.suspended
    assert connection.next_read_at
    assert read(connection).failure is None
    assert connection.failing_since is None


def test_two_never_read_at_once(connection: ConfluenceConnection, hours: ConfluencePage) -> None:
    assert ConfluenceConnection.objects.claim(connection.pk, timezone.now())
    assert reading.read(connection.pk) is None


def test_what_was_asked_with_credentials_of_before_is_not_recorded_and_says_so(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    number = ConfluenceConnection.objects.claim(connection.pk, timezone.now())
    assert number
    connection.end_lease()
    with pytest.raises(reading.OvertakenError):
        reading._hold(connection, number)
    made = PagesRead.objects.create(connection=connection, began_at=timezone.now())
    made.overtake(timezone.now())
    assert str(made.failure) == "The connection was changed meanwhile, and is read anew."


def test_only_attached_pages_are_asked_for(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    with connection.client() as client:
        ConfluencePage.objects.keep(connection, client.page(ROOMS), timezone.now())
    assert read(connection).pages == 1


def test_the_schedule_reads_what_is_due_and_then_waits(
    wiki: SandboxConfluence, connection: ConfluenceConnection, hours: ConfluencePage
) -> None:
    now = timezone.now()
    assert list(ConfluenceConnection.objects.due(now)) == [connection]
    tick()
    read(connection)
    assert not ConfluenceConnection.objects.due(now).exists()


def test_three_hundred_pages_cost_a_few_calls(
    wiki: SandboxConfluence, connection: ConfluenceConnection, key_result: KeyResult
) -> None:
    for number in range(230):
        page = wiki.create("DEMO", f"Page {number}")
        attach(int(page.id), key_result)
    wiki.forget_calls()
    assert read(connection).pages == 230
    assert len(wiki.calls) <= 8
