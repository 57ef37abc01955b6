"""The page of Confluence under OKR Admin, before and after somebody connected."""

import pytest
from django.utils import timezone

from confluence.models import ConfluenceConnection, ConfluenceSettings
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import Person
from tests.cast import signed_in
from tests.confluence.stage import connected

PAGE = "/okr-admin/integration/confluence/"


def test_it_is_off_and_offers_to_connect(olga: Person) -> None:
    page = signed_in(olga).get(PAGE).content.decode()
    assert "No Confluence is connected." in page
    assert 'aria-checked="false"' in page
    assert f'href="{PAGE}connect/"' in page


def test_switching_on_begins_with_connecting(olga: Person) -> None:
    response = signed_in(olga).post(f"{PAGE}switch/enabled/")
    assert response.headers["Location"] == f"{PAGE}connect/?turn=enabled"
    assert not ConfluenceSettings.load().enabled


@pytest.mark.parametrize(
    ("asked", "on"), [("?turn=enabled", True), ("?turn=all", False), ("", False)]
)
def test_who_came_by_the_switch_has_it_turned_on_by_connecting(
    asked: str, on: bool, wiki: SandboxConfluence, olga: Person
) -> None:
    typed = {"email": wiki.email, "server": wiki.url, "token": wiki.token}
    signed_in(olga).post(f"{PAGE}connect/{asked}", typed)
    assert ConfluenceSettings.load().enabled is on


@pytest.mark.parametrize("name", ["enabled", "publishing"])
def test_each_switch_turns_one_thing_on_and_off(name: str, olga: Person) -> None:
    connected()
    client = signed_in(olga)
    client.post(f"{PAGE}switch/{name}/")
    settings = ConfluenceSettings.load()
    assert getattr(settings, name)
    assert settings.enabled != settings.publishing
    client.post(f"{PAGE}switch/{name}/")
    assert not getattr(ConfluenceSettings.load(), name)


def test_what_is_no_switch_is_not_there(olga: Person) -> None:
    assert signed_in(olga).post(f"{PAGE}switch/words/").status_code == 404


def test_it_tells_as_whom_pages_are_read_and_never_the_token(olga: Person) -> None:
    connected()
    page = signed_in(olga).get(PAGE).content.decode()
    assert "127.0.0.1:9" in page
    assert "Wiki Bot" in page
    assert "wiki-secret" not in page


def test_a_connection_is_removed_with_what_was_attached(olga: Person) -> None:
    connected()
    client = signed_in(olga)
    assert "No page is attached." in client.get(f"{PAGE}remove/").content.decode()
    client.post(f"{PAGE}remove/")
    assert not ConfluenceConnection.objects.exists()


def test_a_stopped_connection_says_what_to_do(olga: Person) -> None:
    connection = connected()
    connection.suspended, connection.failure_code = True, "wrong_credentials"
    connection.failing_since = timezone.now()
    connection.save()
    ConfluenceSettings.load().switch("enabled", on=True)
    page = signed_in(olga).get(PAGE).content.decode()
    assert "Confluence did not accept this email and token" in page
    assert "Enter the credentials again." in page
    assert 'id="read-now"' not in page
