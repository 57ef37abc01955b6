"""A token opens for the address that it was saved with, and for no other."""

import json

import pytest
from cryptography.fernet import Fernet

from atlassian.client import SealError
from atlassian.sealing import unseal
from jira_integration.models import JiraConnection
from okr.sealing import seal

SITE = ["https://larkspur.atlassian.net", "https://larkspur.atlassian.net"]
TOKEN = "canary-9f3b-token"

OTHERS = [
    ["http://larkspur.atlassian.net", "http://larkspur.atlassian.net"],
    ["https://larkspur.atlassian.net", "https://api.atlassian.com/ex/jira/1"],
    ["https://larkspur.atlassian.net.evil.example", SITE[1]],
    ["https://larkspur.atlassian.net:8443", SITE[1]],
    ["https://larkspur.atlassian.net/jira", SITE[1]],
    [SITE[0], "https://evil.example"],
    ["", ""],
    [],
]


def test_a_sealed_token_opens_for_its_own_address():
    assert unseal(seal(TOKEN, SITE), SITE) == TOKEN


@pytest.mark.parametrize("origin", OTHERS)
def test_a_sealed_token_opens_for_no_other_address(origin):
    with pytest.raises(SealError):
        unseal(seal(TOKEN, SITE), origin)


def test_the_sealed_text_tells_nothing_of_the_token():
    sealed = seal(TOKEN, SITE)

    assert TOKEN not in sealed
    assert seal(TOKEN, SITE) != sealed


def test_a_changed_sealed_text_does_not_open():
    sealed = seal(TOKEN, SITE)
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]

    with pytest.raises(SealError):
        unseal(changed, SITE)


def test_what_another_key_sealed_does_not_open(settings):
    sealed = seal(TOKEN, SITE)

    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(SealError):
        unseal(sealed, SITE)


def test_after_a_new_key_was_put_first_the_old_seal_still_opens(settings):
    sealed, new = seal(TOKEN, SITE), Fernet.generate_key().decode()

    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]

    assert unseal(sealed, SITE) == TOKEN


def test_a_seal_error_stops_the_connection_and_shows_no_token():
    with pytest.raises(SealError) as caught:
        unseal(seal(TOKEN, SITE), OTHERS[0])

    assert caught.value.stops_connection
    assert TOKEN not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize("column", ["server", "api_base"])
def test_a_row_changed_in_the_database_sends_no_token(connection, jira, column):
    """Whatever path the new address took: the token belongs to the old one."""
    JiraConnection.objects.update(**{column: "http://127.0.0.1:9"})
    connection.refresh_from_db()

    with pytest.raises(SealError):
        connection.client()

    assert jira.calls == ()


def test_nothing_that_is_stored_or_printed_of_a_connection_shows_the_token(connection, jira):
    row = json.dumps(JiraConnection.objects.values().get(), default=str)

    assert jira.token not in row + repr(connection) + str(connection)
    assert jira.token not in repr(connection.credentials())
