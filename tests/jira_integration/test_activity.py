"""Sync activity: how it stands, what could not be refreshed, and each run with its outcome."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jira_integration.activity import took
from jira_integration.models import JiraConnection, JiraLink, State, SyncRun, Trigger
from jira_integration.sync import run_waiting
from okr.models import KeyResult
from tests.cast import make_key_result, make_objective, signed_in
from tests.jira_integration.seen import HTMX, tag, url, words
from tests.jira_integration.stage import link, read


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


@pytest.fixture
def running(admin, connection):
    """A sync under way: 340 of 1,200 issues."""
    return SyncRun.objects.create(
        connection=connection,
        trigger=Trigger.HAND,
        state=State.RUNNING,
        started_at=timezone.now(),
        planned=1200,
        read=340,
    )


def runs_table(number, connection, **columns):
    at = timezone.now()
    columns = {"state": State.DONE, "started_at": at, "finished_at": at, **columns}
    SyncRun.objects.bulk_create(
        SyncRun(connection=connection, trigger=Trigger.SCHEDULE, **columns) for _ in range(number)
    )


def test_before_the_first_sync_it_says_so(admin):
    assert "No syncs yet." in words(admin.get(url("activity")))


def test_sync_now_asks_for_a_sync_of_everything(admin, olga):
    assert admin.post(url("sync_now")).url == url("activity")
    run = SyncRun.objects.get()
    assert (run.trigger, run.by, run.key_result) == (Trigger.HAND, olga, None)


def test_while_one_is_under_way_sync_now_says_why_it_waits(admin, running):
    page = admin.get(url("activity"))
    assert 'aria-disabled="true"' in tag(page, 'id="sync-now"')
    assert "A sync is already under way." in words(page)
    admin.post(url("sync_now"))
    assert SyncRun.objects.count() == 1


def test_with_refused_credentials_sync_now_says_why_it_waits(jira, admin):
    jira.fault("401")
    read()
    page = admin.get(url("activity"))
    assert "Jira refused the saved credentials. Connect again first." in words(page)
    before = SyncRun.objects.count()
    admin.post(url("sync_now"))
    assert SyncRun.objects.count() == before


def test_a_running_sync_shows_how_far_it_is_and_asks_again(admin, running):
    page = admin.get(url("activity"))
    assert "Reading issues 340 of 1,200" in words(page)
    assert 'max="1200" value="340"' in tag(page, "<progress")
    assert 'hx-trigger="every 2s"' in tag(page, 'id="now"')
    SyncRun.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert 'hx-trigger="every 5s"' in tag(admin.get(url("activity")), 'id="now"')


def test_once_it_has_ended_the_page_stops_asking_and_gets_the_table(admin, running):
    part = admin.get(url("activity"), headers=HTMX)
    assert 'id="log"' not in part.content.decode()
    SyncRun.objects.update(state=State.DONE, finished_at=timezone.now())
    part = admin.get(url("activity"), headers=HTMX)
    assert "hx-trigger" not in tag(part, 'id="now"')
    assert 'hx-swap-oob="true"' in tag(part, 'id="log"')


def test_a_running_sync_can_be_cancelled(admin, running):
    assert admin.post(url("cancel", running.pk)).url == url("activity")
    running.refresh_from_db()
    assert running.cancel_asked
    assert "Stopping" in words(admin.get(url("activity")))
    assert admin.post(url("cancel", 999)).status_code == 404


def test_a_run_tells_its_trigger_its_reading_and_what_changed(admin, connection, key_result):
    link(key_result, jql="project = DEMO")
    run_waiting(connection.pk)
    seen = words(admin.get(url("activity")))
    assert "Linked by Ben Okafor Clinics set up by themselves ✔ Done" in seen
    assert "s 13 3 1 –" in seen


def test_a_failed_run_tells_its_error(jira, admin):
    jira.fault("500")
    read()
    seen = words(admin.get(url("activity")))
    assert "Sync now ◆ Failed" in seen
    assert "is out of order at the moment (error 500)" in seen


@pytest.mark.parametrize(
    ("result", "number"), [("failed", 2), ("done", 4), ("changed", 1), ("cancelled", 3), ("x", 9)]
)
def test_runs_are_filtered_by_their_result(admin, connection, result, number):
    runs_table(2, connection, state=State.FAILED)
    runs_table(3, connection, state=State.CANCELLED)
    runs_table(1, connection, changed=5)
    runs_table(3, connection)
    page = admin.get(url("activity"), {"result": result})
    assert page.content.decode().count('<th scope="row"') == number


def test_runs_are_paged_and_the_filter_stays(admin, connection):
    runs_table(30, connection, state=State.FAILED)
    page = admin.get(url("activity"), {"result": "failed", "page": "2"})
    assert "26–30 of 30" in words(page)
    assert "?result=failed&amp;page=1" in page.content.decode()


def test_what_could_not_be_refreshed_is_grouped_by_cause_with_the_way_out(
    jira, admin, key_result, ben, cycle
):
    link(key_result, jql="labels = demo")
    other = make_key_result(make_objective(ben, cycle), title="Rooms are found")
    link(other, "DEMO-8", "DEMO-9")
    read()
    JiraLink.objects.filter(key_result=key_result).update(jql="colour = red")
    jira.hide("DEMO-8")
    read()

    seen = words(admin.get(url("activity")))

    assert "Could not refresh" in seen
    assert (
        "Jira does not accept the search 1 key result Open the key result, remove the search"
        in seen
    )
    assert "Clinics set up by themselves Jira does not accept this search:" in seen
    assert "Issues that can no longer be read 1" in seen
    assert "Rooms are found DEMO-8 can no longer be read in Jira." in seen


def test_while_jira_refuses_the_account_every_number_waits_for_a_person(jira, admin, key_result):
    link(key_result, "DEMO-8")
    jira.fault("403")
    read()
    seen = words(admin.get(url("activity")))
    assert (
        "Jira refuses the account 1 key result Numbers are refreshed once Jira is connected" in seen
    )
    assert "Failing" in seen


def test_while_jira_is_silent_for_long_every_number_waits_for_it(jira, admin, key_result):
    link(key_result, "DEMO-8")
    jira.fault("503")
    read()
    JiraConnection.objects.update(failing_since=timezone.now() - timedelta(days=1))
    seen = words(admin.get(url("activity")))
    assert "Jira cannot be read 1 key result Numbers are refreshed as soon as Jira answers" in seen
    assert "Failing" in seen


def test_turned_off_it_says_off(admin, key_result):
    admin.post(url("turn_off"))
    seen = words(admin.get(url("activity")))
    assert "Turn on progress update using Jira first." in seen
    assert "None while updates are off" in seen


def test_it_costs_the_same_for_3_and_for_300_rows(admin, connection, ben, cycle):
    objective = make_objective(ben, cycle)

    def grow(number):
        runs_table(number, connection, state=State.FAILED, failure_code="not_jira")
        for each in range(number):
            row = make_key_result(objective, title=f"Part {each}")
            JiraLink.objects.create(
                key_result=row,
                connection=connection,
                kind="query",
                jql=f"labels = x{each}",
                by=ben,
                failure_code="query_refused",
            )
        KeyResult.objects.filter(jira_links__isnull=False).track_by("jira")
        JiraConnection.objects.update(suspended=True, failure_code="wrong_credentials")

    def cost():
        with CaptureQueriesContext(database) as queries:
            assert "Failing" in words(admin.get(url("activity")))
        return len(queries)

    grow(3)
    few = cost()
    grow(40)
    assert cost() == few
    assert "and 33 more" in words(admin.get(url("activity")))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.04, "< 0.1 s"), (0.84, "0.8 s"), (12.4, "12 s"), (185, "3 min 5 s"), (None, "–")],
)
def test_a_duration_is_told_as_long_as_it_matters(seconds, told):
    assert took(None if seconds is None else timedelta(seconds=seconds)) == told
