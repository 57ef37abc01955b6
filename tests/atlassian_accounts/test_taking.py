"""One press takes the matches of accounts and people into Jira access; the rooms never meet."""

import pytest
from django.urls import reverse

from atlassian_accounts.models import Account
from jira_integration.models import Hosting, JiraPerson
from okr import slots
from okr.models import Upload
from tests.atlassian_accounts.stage import jira_room
from tests.cast import make_person, signed_in

LIST = "/okr-admin/integration/accounts/list/"
BUTTON = "Take matches into Jira access"


@pytest.fixture
def bea(connection):
    """She is here, and so is her account, with capitals in the address that she has here."""
    person = make_person("Bea Brandt", email="Bea@larkspur.example")
    return person, make_account(connection, "712020:bea", "bea@larkspur.example")


def make_account(connection, account_id, email, **columns):
    told = {"name": "Somebody", "seen_in": 0, "status": "active", **columns}
    return Account.objects.create(connection=connection, account_id=account_id, email=email, **told)


def known():
    return dict(JiraPerson.objects.values_list("person__name", "account_id"))


def test_all_matches_are_shown_first_and_written_when_confirmed(bea, connection, olga):
    jira, client = jira_room(), signed_in(olga)
    make_person("Dora Diaz", email="dora@larkspur.example")
    make_account(connection, "712020:dora", "dora@larkspur.example", status="suspended")
    make_account(connection, "712020:nobody", "nobody@larkspur.example")
    assert BUTTON in client.get(LIST).content.decode()
    place = f"/okr-admin/integration/accounts/take/jira-users-{jira.pk}/"
    check = client.post(place, follow=True)
    assert "account: 712020:bea" in check.content.decode()
    assert known() == {}
    client.post(reverse("okr:import_confirm", args=[Upload.objects.get().pk]))
    assert known() == {"Bea Brandt": "712020:bea"}


def test_a_single_match_is_taken_with_one_press(bea, olga):
    jira, client = jira_room(), signed_in(olga)
    page = f"{LIST}{bea[1].pk}/"
    press = f"{page}take/jira-users-{jira.pk}/"
    assert "was taken into Jira access." in client.post(press, follow=True).content.decode()
    assert known() == {"Bea Brandt": "712020:bea"}
    assert "is in Jira access already." in client.post(press, follow=True).content.decode()


def test_what_stands_against_a_match_is_said_and_nothing_is_written(bea, connection, olga):
    """Two accounts with one address: neither is believed."""
    jira = jira_room()
    other = make_account(connection, "712020:other", "bea@larkspur.example")
    answer = signed_in(olga).post(
        f"/okr-admin/integration/accounts/take/jira-users-{jira.pk}/", follow=True
    )
    assert "gives this address another account" in answer.content.decode()
    assert other.pk != bea[1].pk
    assert known() == {}


def test_without_the_jira_room_or_with_a_data_center_there_is_nothing_to_press(bea, olga):
    client = signed_in(olga)
    assert BUTTON not in client.get(LIST).content.decode()
    jira = jira_room()
    with slots.emptied():
        assert BUTTON not in client.get(LIST).content.decode()
    jira.hosting = Hosting.DATA_CENTER
    jira.save()
    assert BUTTON not in client.get(LIST).content.decode()
    assert (
        client.post(f"/okr-admin/integration/accounts/take/jira-users-{jira.pk}/").status_code
        == 404
    )
    assert not Upload.objects.exists()


def test_the_accounts_of_two_organizations_are_one_match(bea, olga):
    """An account is the same wherever it stands; the check finds no contradiction."""
    jira = jira_room()
    second = type(bea[1].connection)(
        label="Second", organization_id="two", secret_saved_at=jira.token_saved_at
    )
    second.save()
    make_account(second, "712020:bea", "bea@larkspur.example")
    signed_in(olga).post(f"/okr-admin/integration/accounts/take/jira-users-{jira.pk}/")
    assert [len(each.lines) for each in Upload.objects.all()] == [1]
