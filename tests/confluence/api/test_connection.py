"""The connection through the API; no token is ever told, and everything stands in the audit log."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from confluence.models import ConfluenceConnection, ConfluenceSettings
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import ApiAnswer, AuditEntry, Person
from tests.confluence.matrix.routes import ROUTES
from tests.confluence.stage import HOURS, attach
from tests.okr.api.script import client_of, faults, send
from tests.okr.matrix.declaring import ADMINS

AT = "/api/v1/confluence/connections/"
SWITCHES = "/api/v1/confluence/switches/"
ANY = {"If-Match": "*"}
UNSAFE = ("POST", "PATCH", "DELETE")


class Deed(NamedTuple):
    action: str
    body: dict[str, Any]


DEEDS = {
    ("confluence_api:connection", "PATCH"): Deed(
        "confluence.reconnected", {"token_expires_on": "2031-03-01"}
    ),
    ("confluence_api:connection", "DELETE"): Deed("confluence.removed", {}),
    ("confluence_api:switches", "PATCH"): Deed("confluence.switched", {"enabled": False}),
    ("confluence_api:read_now", "POST"): Deed("confluence.read", {}),
}
TOLD_ELSEWHERE = {
    ("confluence_api:connections", "POST"),
    ("confluence_api:spaces_choice", "PATCH"),  # tests/confluence/publishing/test_api.py
}
CHANGES_NOTHING = {("confluence_api:test", "POST")}


@pytest.fixture
def admin(olga: Person) -> Client:
    return client_of(olga, "read", "write", "admin")


def entered(wiki: SandboxConfluence, **more: str) -> dict[str, str]:
    return {"email": wiki.email, "server": wiki.url, "token": wiki.token, **more}


def test_it_is_connected_changed_tested_and_removed(wiki: SandboxConfluence, admin: Client) -> None:
    assert admin.get(AT).json()["results"] == []
    made = send(admin, "post", AT, entered(wiki))
    assert made.status_code == 201, made.json()
    assert (made.json()["server"], made.json()["standing"]) == (wiki.server, "Off")
    assert not ConfluenceSettings.load().enabled
    assert AuditEntry.objects.filter(action="confluence.connected").count() == 1
    one = made["Location"]
    assert send(admin, "post", AT, entered(wiki)).status_code == 409
    assert send(admin, "patch", one, {"token_expires_on": "2031-03-01"}).status_code == 428
    changed = send(admin, "patch", one, {"token_expires_on": "2031-03-01"}, **ANY)
    assert changed.json()["token_expires_on"] == "2031-03-01"
    assert send(admin, "post", f"{one}test/", {}).json()["accepted"] is True
    tag = {"If-Match": admin.get(one)["ETag"]}
    assert send(admin, "delete", one, **tag).status_code == 204
    assert not ConfluenceConnection.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"token": "nonsense"}, ""),
        ({"server": "not an address"}, "server"),
        ({"email": "a:b"}, "email"),
        ({"token": ""}, "token"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_what_confluence_or_we_refuse_connects_nothing(
    wrong: dict[str, str], field: str, wiki: SandboxConfluence, admin: Client
) -> None:
    response = send(admin, "post", AT, entered(wiki) | wrong)
    assert response.status_code in (400, 422), response.json()
    assert field in faults(response), response.json()
    assert not ConfluenceConnection.objects.exists()


def test_switches_wait_for_a_connection_and_are_each_on_their_own(
    wiki: SandboxConfluence, admin: Client
) -> None:
    assert send(admin, "patch", SWITCHES, {"enabled": True}, **ANY).status_code == 409
    send(admin, "post", AT, entered(wiki))
    told = send(admin, "patch", SWITCHES, {"enabled": True}, **ANY).json()
    assert (told["enabled"], told["publishing"]) == (True, False)


def test_reading_is_asked_for_where_there_is_something_to_read_through(
    connection: ConfluenceConnection, admin: Client
) -> None:
    now = "/api/v1/confluence/read-now/"
    assert send(admin, "post", now, {}).status_code == 202
    ConfluenceSettings.load().switch("enabled", on=False)
    assert send(admin, "post", now, {}).status_code == 409
    assert admin.get("/api/v1/confluence/readings/").status_code == 200


def test_every_operation_of_admins_is_told() -> None:
    unsafe = {
        (name, method)
        for name, each in ROUTES.items()
        if each.spoken and each.posting is ADMINS
        for method in UNSAFE
        if method in each.methods
    }
    assert unsafe == DEEDS.keys() | TOLD_ELSEWHERE | CHANGES_NOTHING


@pytest.mark.parametrize(("name", "method"), sorted(DEEDS))
def test_what_an_admin_does_by_a_script_is_logged_and_needs_the_scope(
    name: str, method: str, connection: ConfluenceConnection, admin: Client, olga: Person
) -> None:
    deed = DEEDS[name, method]
    place = reverse(name, kwargs={"pk": connection.pk} if ROUTES[name].args else {})
    body = None if method == "DELETE" else deed.body
    before = AuditEntry.objects.count()
    refused = send(client_of(olga, "read", "write"), method.lower(), place, body, **ANY)
    assert (refused.status_code, AuditEntry.objects.count()) == (403, before)

    response = send(admin, method.lower(), place, body, **ANY)

    assert response.status_code < 300, response.content
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.by_id) == (deed.action, olga.pk)


def test_no_answer_tells_a_token(
    wiki: SandboxConfluence, connection: ConfluenceConnection, key_result: Any, admin: Client
) -> None:
    """The right one is the canary: it was saved, and is sent once more to each address."""
    attach(HOURS, key_result)
    send(admin, "patch", f"{AT}{connection.pk}/", {"token": wiki.token}, **ANY)
    bodies: dict[str, Callable[[], dict[str, Any]]] = {
        "confluence_api:connections": lambda: entered(wiki),
        "confluence_api:connection": lambda: entered(wiki, email="x:y"),
    }
    for name in sorted(each for each, declared in ROUTES.items() if declared.spoken):
        if ROUTES[name].args not in ({}, {"pk": "confluence"}):
            continue
        place = reverse(name, kwargs={"pk": connection.pk} if ROUTES[name].args else {})
        for method in ("GET", "POST", "PATCH"):
            body = None if method == "GET" else bodies.get(name, dict)()
            response = send(admin, method.lower(), place, body, **ANY)
            assert wiki.token not in response.content.decode() + str(response.headers), name
    for rows in (ApiAnswer.objects, AuditEntry.objects, ConfluenceConnection.objects):
        assert wiki.token not in str(list(rows.values()))
