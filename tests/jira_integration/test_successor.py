"""A second token: who may put it in place, what is checked and told, what is never shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import Cause, CredentialChange, JiraConnection, State, Successor
from tests.cast import signed_in
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import read
from tests.jira_integration.tokens import SECOND, causes, put, revoke

editions = pytest.mark.editions("cloud", "data center")
TODAY = timezone.localdate()


@pytest.fixture
def admin(connection, olga):
    return signed_in(olga)


@editions
def test_a_wrong_token_is_not_put_in_place(jira, connection, admin):
    answer = admin.post(url("successor"), {"email": jira.email, "token": "nonsense"})

    assert answer.status_code == 422
    assert "What was checked" in answer.content.decode()
    assert "nonsense" not in answer.content.decode()
    assert not Successor.objects.exists()


def test_another_account_is_proven_and_noted(jira, linked, admin):
    page = admin.post(
        url("successor"), {"email": jira.admin_email, "token": jira.admin_token}, follow=True
    )
    assert "This is another account" in words(page)
    revoke(jira)

    assert str(read().state) == State.DONE

    change = CredentialChange.objects.first()
    assert change is not None
    assert (change.before, change.cause) == ("Larkspur OKR Bot", Cause.REFUSED)
    assert f"instead of {change.before}" in words(admin.get(url("manage")))


def test_an_account_that_sees_nothing_of_what_is_linked_is_refused(jira, linked, admin):
    typed = {"email": jira.nobody_email, "token": jira.nobody_token}

    answer = admin.post(url("successor"), typed)

    assert answer.status_code == 422
    assert not Successor.objects.exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"takes_over_on": -1}, "Choose today or a later day."),
        ({"ends_on": -1}, "Choose today or a later day."),
        ({"ends_on": 2, "takes_over_on": 5}, "It would have ended before it takes over."),
    ],
)
def test_the_days_have_to_make_sense(jira, connection, admin, days, says):
    typed = {name: f"{TODAY + timedelta(days=number)}" for name, number in days.items()}

    assert says in words(put(admin, jira, **typed))
    assert not Successor.objects.exists()


def test_the_warning_is_about_the_last_of_the_two(jira, connection, admin):
    JiraConnection.objects.update(token_expires_on=TODAY + timedelta(days=2))
    assert "expires on" in words(admin.get(url("integration")))

    put(admin, jira, ends_on=f"{TODAY + timedelta(days=200)}")

    assert "expires on" not in words(admin.get(url("integration")))


def test_it_is_told_who_put_it_there_and_never_what_it_is(jira, connection, admin):
    put(admin, jira, takes_over_on=f"{TODAY + timedelta(days=3)}")

    page = admin.get(url("manage"))

    assert "A successor waits, read as Larkspur OKR Bot, put in place by Olga" in words(page)
    assert "Put in place as successor: API token of Larkspur OKR Bot, by Olga" in words(page)
    assert SECOND not in page.content.decode()
    assert SECOND not in Successor.objects.get().sealed_token


def test_taken_away_it_is_forgotten(jira, connection, admin):
    put(admin, jira)
    assert "Take the successor away?" in words(admin.get(url("remove_successor")))

    admin.post(url("remove_successor"))

    assert not Successor.objects.exists()
    assert causes() == [Cause.PREPARED, Cause.TAKEN_AWAY]


def test_new_credentials_by_hand_are_noted(connection, admin):
    typed = {"email": connection.email, "server": connection.server, "token": "sandbox-token"}

    admin.post(url("credentials"), typed)

    assert causes() == [Cause.CONNECTED]
    admin.post(url("credentials"), typed | {"token": ""})
    assert causes() == [Cause.CONNECTED]


@pytest.mark.parametrize("name", ["successor", "use_successor", "remove_successor"])
def test_somebody_else_changes_nothing(jira, connection, admin, ben, name):
    put(admin, jira)
    client = signed_in(ben)

    assert client.get(url(name)).status_code == 403
    assert client.post(url(name), {"email": "x", "token": "y"}).status_code == 403
    assert Successor.objects.exists()


@pytest.mark.parametrize("name", ["use_successor", "remove_successor"])
def test_without_one_there_is_nothing_to_ask(connection, admin, name):
    assert admin.get(url(name)).status_code == 302
    assert admin.post(url(name)).status_code == 302
