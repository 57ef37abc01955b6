"""The time before a key result followed Jira is drawn from Jira's changelogs, and moves nothing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    Reconstruction,
    State,
    SyncRun,
    Trigger,
)
from jira_integration.models.reconstruction import MOST_ISSUES, span_of
from okr.models import KeyResult, Measurement, Person
from okr.proof import derive_everything
from tests.cast import make_key_result, make_objective
from tests.jira_integration.stage import link, meanwhile, progress, read, rescale

pytestmark = [pytest.mark.editions("cloud", "data center"), pytest.mark.usefixtures("connection")]


@pytest.fixture
def linked(key_result: KeyResult) -> KeyResult:
    """All of DEMO, read once."""
    link(key_result, jql="project = DEMO")
    read()
    return key_result


def retold(key_result: KeyResult) -> Any:
    """Asks for the past, as its owner does, and reads it; None where that failed."""
    assert Reconstruction.objects.ask(key_result, key_result.owner)
    sync.run_waiting(JiraConnection.objects.earliest("pk").pk)
    return Reconstruction.objects.of(key_result)


def last_run() -> SyncRun:
    return SyncRun.objects.filter(trigger=Trigger.HISTORY).latest("pk")


def ripen() -> None:
    """The time of every waiting run has come."""
    SyncRun.objects.update(not_before=None)


def counted(told) -> int:
    return sum(told.why["counts"].values())


def test_the_quarter_is_told_from_its_first_day_to_the_first_reading(linked):
    made = retold(linked)

    first = linked.measurements.filter(source="jira").earliest("at")
    span = span_of(linked, timezone.now())
    assert span is not None
    since = span.since
    assert (made.since, made.until) == (since, first.at)
    assert (made.issues, made.unread, made.unknown) == (13, 0, [])
    moments = [at for at, _ in made.points]
    assert moments[0] == since
    assert moments == sorted(moments)
    assert len(moments) > 8
    assert moments[-1] < first.at
    assert made.points[-1][1] == progress(linked) == first.progress
    assert (counted(made.told[0]), counted(made.told[-1])) == (9, 13)
    assert last_run().state == State.DONE


def test_no_number_and_no_record_moves_by_it(linked):
    before = progress(linked), list(Measurement.objects.values())

    retold(linked)

    assert (progress(linked), list(Measurement.objects.values())) == before
    assert derive_everything().differences == []


def test_done_twice_the_second_takes_the_place_of_the_first(jira, linked):
    first = retold(linked)
    second = retold(linked)

    assert second.pk == first.pk
    assert second.points == first.points


def test_what_was_entered_by_hand_before_stays(jira, ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle))
    at = timezone.now() - timedelta(days=20)
    key_result.check_in(by=ben, at=at, confidence="on_track", value=Decimal(35))
    link(key_result, "DEMO-1", "DEMO-8")
    read()

    made = retold(key_result)

    assert made.since < at < made.until
    assert key_result.measurements.earliest("at").value == 35


def test_what_happens_in_jira_after_the_first_reading_is_on_record_and_not_told_again(jira, linked):
    jira.move("DEMO-10", "Done")
    read()

    made = retold(linked)

    first = linked.measurements.filter(source="jira").earliest("at")
    assert made.points[-1][1] == first.progress < progress(linked)


def test_the_other_way_of_counting_of_today_is_that_of_the_past(jira, linked):
    rescale(10, 20, 30)
    read(trigger=Trigger.SETTINGS)

    made = retold(linked)

    assert all(10 <= percent <= 30 for _, percent in made.points)
    assert made.points[-1][1] == progress(linked)


@pytest.mark.django_db(transaction=True)
def test_percentages_that_change_meanwhile_are_those_that_count(jira, linked):
    meanwhile(jira, "/status", lambda: rescale(10, 20, 30))

    made = retold(linked)

    assert all(10 <= percent <= 30 for _, percent in made.points)


def test_an_issue_that_went_out_of_sight_has_no_history(jira, linked):
    jira.hide("DEMO-1")

    made = retold(linked)

    assert (made.issues, made.unread) == (12, 1)
    assert counted(made.told[-1]) == 12


def test_a_reading_that_proves_nobody_tells_nothing(jira, linked):
    jira.fault("anonymous", path="*/myself", after=1)

    assert retold(linked) is None
    assert last_run().state == State.FAILED
    assert JiraConnection.objects.get().suspended


def test_a_passing_failure_is_waited_out_and_keeps_no_reading_waiting(jira, linked):
    jira.fault("503", path="*/status", times=1)
    assert retold(linked) is None

    run = last_run()
    assert run.state == State.WAITING
    assert run.not_before is not None
    assert run.not_before > timezone.now()
    assert JiraConnection.objects.get().failure_code == ""
    ripen()
    sync.run_waiting(JiraConnection.objects.get().pk)
    assert last_run().state == State.DONE


def test_one_that_fails_three_times_says_why(jira, linked):
    jira.fault("503", path="*/status")
    retold(linked)
    for _ in range(2):
        ripen()
        sync.run_waiting(JiraConnection.objects.get().pk)

    assert last_run().state == State.FAILED
    assert "out of order" in str(last_run().failure)
    assert JiraConnection.objects.get().failure_code == ""
    assert Reconstruction.objects.of(linked) is None


def test_a_failure_leaves_what_was_told_before(jira, linked):
    before = retold(linked).points
    jira.fault("401", path="*/status")

    assert retold(linked).points == before
    assert last_run().state == State.FAILED


def test_the_past_waits_for_the_present(linked):
    connection = JiraConnection.objects.get()
    Reconstruction.objects.ask(linked, linked.owner)
    read(trigger=Trigger.SCHEDULE)
    ended = SyncRun.objects.filter(connection=connection, state=State.DONE)
    order = list(ended.order_by("finished_at").values_list("trigger", flat=True))
    assert order[-2:] == [Trigger.SCHEDULE, Trigger.HISTORY]


def test_nobody_without_access_asks_for_it(cleo, linked):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=cleo.pk))

    with pytest.raises(PermissionDenied):
        Reconstruction.objects.ask(linked, linked.owner)


def test_removing_it_calls_off_what_would_bring_it_back(linked):
    retold(linked)
    Reconstruction.objects.ask(linked, linked.owner)

    Reconstruction.objects.remove(linked)
    sync.run_waiting(JiraConnection.objects.get().pk)

    assert Reconstruction.objects.of(linked) is None
    assert last_run().state == State.CANCELLED
    assert linked.measurements.exists()


@pytest.mark.editions("cloud")
def test_a_thousand_histories_are_read_at_most(jira, key_result):
    jira.create_many("DEMO", MOST_ISSUES)
    link(key_result, jql="project = DEMO")
    read()
    jira.forget_calls()

    assert retold(key_result) is None
    assert "1013 issues are too many" in str(last_run().failure)
    assert not jira.calls


@pytest.mark.editions("cloud")
def test_where_jira_offers_no_bulk_the_histories_come_one_by_one(jira, linked):
    whole = retold(linked).points
    meanwhile(jira, "changelog/bulkfetch", lambda: None, then=404)

    assert retold(linked).points == whole


@pytest.mark.editions("cloud")
def test_the_issues_of_several_sites_are_told_together(connection, support, key_result):
    link(key_result, "DEMO-1", at=connection)
    link(key_result, "DEMO-8", at=support)
    read(at=connection)
    read(at=support)

    assert retold(key_result).issues == 2


@pytest.mark.editions("cloud")
def test_another_site_that_is_silent_spoils_its_own_issues_only(
    connection, support, support_jira, key_result
):
    link(key_result, "DEMO-1", at=connection)
    link(key_result, "DEMO-8", at=support)
    read(at=connection)
    read(at=support)
    support_jira.fault("503")

    made = retold(key_result)
    assert (made.issues, made.unread) == (1, 1)
