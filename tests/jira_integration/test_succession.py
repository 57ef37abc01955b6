"""The token in use may die at any moment: what was put in place before goes on, without a gap."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from jira_integration import sync
from jira_integration.models import (
    Cause,
    JiraConnection,
    State,
    Successor,
    SyncRun,
    Trigger,
)
from jira_integration.tasks import tick
from okr.models import Notification, Occasion
from tests.cast import signed_in
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import meanwhile, progress, read, started
from tests.jira_integration.tokens import SECOND, causes, grant, put, revoke

editions = pytest.mark.editions("cloud", "data center")
TODAY = timezone.localdate()


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


def token_in_use() -> str:
    return JiraConnection.objects.get().token()


@editions
def test_a_refused_token_is_followed_in_the_same_run(jira, linked, admin, olga):
    put(admin, jira)
    revoke(jira)
    jira.move("DEMO-10", "Done")

    run = read()

    assert (str(run.state), run.changed, run.failure_code) == (State.DONE, 1, "")
    assert progress(linked) == 75
    connection = JiraConnection.objects.get()
    assert (connection.suspended, connection.failing_since) == (False, None)
    assert token_in_use() == SECOND
    assert not Successor.objects.exists()
    assert causes() == [Cause.PREPARED, Cause.REFUSED]
    [told] = Notification.objects.filter(kind=Occasion.TOKEN_ENDING, person=olga)
    assert "took over without a gap" in told.words


@editions
def test_a_token_that_dies_in_the_middle_of_a_run_is_followed_too(jira, linked, admin):
    put(admin, jira)
    jira.move("DEMO-10", "Done")
    jira.forget_calls()
    meanwhile(jira, jira.reads_at.strip("*"), lambda: revoke(jira))

    run = read()

    assert (State(run.state), progress(linked)) == (State.DONE, Decimal(75))
    assert token_in_use() == SECOND


@editions
def test_while_the_one_in_use_works_the_successor_waits(jira, linked, admin):
    put(admin, jira)

    read()

    assert Successor.objects.exists()
    assert token_in_use() == jira.token


@pytest.mark.parametrize("kind", ["captcha", "403", "500", "429", "timeout"])
def test_only_a_refusal_is_an_end(jira, linked, admin, settings, kind):
    put(admin, jira)
    settings.JIRA_ANSWER_SECONDS = 1
    jira.fault(kind)

    read()

    assert Successor.objects.exists()
    assert progress(linked) == 25


def test_an_answer_as_to_nobody_is_asked_about_once_more(jira, linked, admin):
    """Jira answers as if we were nobody, although it knows us: another token would not help."""
    put(admin, jira)
    jira.fault("anonymous", after=1, times=1)

    read()

    assert Successor.objects.exists()
    assert progress(linked) == 25


def test_a_successor_that_is_refused_too_stops_the_site(jira, linked, admin):
    put(admin, jira)
    revoke(jira)
    revoke(jira, SECOND)

    run = read()

    assert (str(run.state), run.failure_code) == (State.FAILED, "wrong_credentials")
    assert JiraConnection.objects.get().suspended
    assert progress(linked) == 25


def test_what_waits_takes_over_where_the_site_was_stopped_meanwhile(jira, linked, admin):
    put(admin, jira)
    revoke(jira)
    admin.post(url("test"))
    assert JiraConnection.objects.get().suspended
    jira.move("DEMO-10", "Done")

    tick()
    sync.run_waiting(JiraConnection.objects.get().pk)

    assert not JiraConnection.objects.get().suspended
    assert progress(linked) == 75


@editions
def test_put_in_place_after_the_refusal_it_is_used_at_once(jira, linked, admin):
    grant(jira)
    revoke(jira)
    read()
    assert JiraConnection.objects.get().suspended

    page = admin.post(url("successor"), {"email": jira.email, "token": SECOND})

    assert page.status_code == 302
    assert token_in_use() == SECOND
    assert SyncRun.objects.waiting(JiraConnection.objects.get().pk, Trigger.CONNECT).exists()


def test_on_the_chosen_day_it_takes_over_and_not_before(jira, linked, admin):
    put(admin, jira, takes_over_on=f"{TODAY + timedelta(days=3)}")
    read()
    assert token_in_use() == jira.token

    Successor.objects.update(takes_over_on=TODAY)
    run = read()

    assert (str(run.state), token_in_use()) == (State.DONE, SECOND)
    assert causes()[-1] == Cause.DUE


def test_used_by_hand_it_is_tried_first(jira, linked, admin):
    put(admin, jira)
    revoke(jira, SECOND)

    page = admin.post(url("use_successor"), follow=True)

    assert "did not accept this email and token" in words(page)
    assert token_in_use() == jira.token
    grant(jira)
    admin.post(url("use_successor"))
    assert token_in_use() == SECOND
    assert causes()[-1] == Cause.BY_HAND


def test_a_run_under_way_does_not_undo_what_a_person_chose(jira, linked, admin):
    put(admin, jira)
    run = started()
    admin.post(url("use_successor"))

    sync.sync(run)

    assert token_in_use() == SECOND
    assert not JiraConnection.objects.get().suspended


def test_of_two_who_switch_one_is_first(jira, linked, admin, olga):
    put(admin, jira)
    successor, now = Successor.objects.get(), timezone.now()

    assert successor.take_over(Cause.BY_HAND, now, by=olga)
    assert not successor.take_over(Cause.REFUSED, now)
    assert causes() == [Cause.PREPARED, Cause.BY_HAND]


def test_a_run_that_lost_its_lease_switches_nothing(jira, linked, admin):
    put(admin, jira)
    successor = Successor.objects.get()

    assert not successor.take_over(Cause.REFUSED, timezone.now(), lease_number=999)
    assert Successor.objects.exists()
