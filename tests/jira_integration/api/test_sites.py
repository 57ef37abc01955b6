"""Sites through the API: connected, changed, tested, removed; and no token is ever told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jira_integration.models import IntegrationSettings, JiraConnection
from okr.models import AuditEntry
from tests.jira_integration.tokens import SECOND, grant, revoke
from tests.okr.api.script import client_of, send

SITES = "/api/v1/jira/sites/"
ANY = {"If-Match": "*"}


@pytest.fixture
def admin(olga):
    return client_of(olga, "read", "write", "admin")


def entered(jira, **more):
    return {"email": jira.email, "server": jira.url, "token": jira.token, **more}


def one(site):
    return f"{SITES}{site.pk}/"


def test_the_first_site_turns_updates_on(jira, db, admin):
    made = send(admin, "post", SITES, entered(jira, name="Larkspur"))

    assert made.status_code == 201, made.json()
    assert (made.json()["name"], made.json()["server"]) == ("Larkspur", jira.url)
    assert IntegrationSettings.load().enabled
    assert JiraConnection.objects.get().token() == jira.token
    assert admin.get(made["Location"]).json()["standing"] == "Healthy"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"token": "nonsense"}, ""),
        ({"server": "not an address"}, "server"),
        ({"server": "http://10.0.0.1"}, ""),
        ({"email": "a:b"}, "email"),
        ({"token": ""}, "token"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_what_jira_or_we_refuse_connects_nothing(jira, db, admin, wrong, field):
    response = send(admin, "post", SITES, entered(jira) | wrong)

    assert response.status_code in (400, 422), response.json()
    assert field in [each["field"] for each in response.json()["errors"]], response.json()
    assert not JiraConnection.objects.exists()


def test_a_further_site_has_a_name_and_goes_again(connection, support_jira, admin):
    nameless = send(admin, "post", SITES, entered(support_jira))
    assert [each["field"] for each in nameless.json()["errors"]] == ["name"]

    made = send(admin, "post", SITES, entered(support_jira, name="Support"))
    assert made.status_code == 201, made.json()
    assert AuditEntry.objects.filter(action="jira.connected").exists()
    gone = send(admin, "delete", made["Location"], **ANY)
    assert gone.status_code == 204
    assert AuditEntry.objects.filter(action="jira.removed").exists()
    last = send(admin, "delete", one(connection), **ANY)
    assert last.status_code == 409
    assert JiraConnection.objects.get() == connection


def test_credentials_that_jira_refuses_replace_nothing(connection, admin):
    response = send(admin, "patch", one(connection), {"token": "nonsense"}, **ANY)

    assert response.status_code == 422
    assert "nonsense" not in response.content.decode()
    before, connection = connection, JiraConnection.objects.get()
    assert connection.sealed_token == before.sealed_token


def test_a_new_token_replaces_the_old_under_the_version_that_was_read(connection, jira, admin):
    tag = admin.get(one(connection))["ETag"]
    body = {"token": grant(jira), "token_expires_on": str(timezone.localdate() + timedelta(90))}

    assert send(admin, "patch", one(connection), body).status_code == 428
    changed = send(admin, "patch", one(connection), body, **{"If-Match": tag})

    assert changed.status_code == 200, changed.json()
    assert changed.json()["token_expires_on"] == body["token_expires_on"]
    assert JiraConnection.objects.get().token() == SECOND
    stale = send(admin, "patch", one(connection), {"name": "Main"}, **{"If-Match": tag})
    assert stale.status_code == 412


def test_a_token_is_kept_only_for_the_address_it_was_saved_with(connection, support_jira, admin):
    body = {"server": support_jira.url}
    response = send(admin, "patch", one(connection), body, **ANY)
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["token"]


def test_the_end_of_a_token_is_told_without_trying_it(connection, jira, admin):
    never = send(admin, "patch", one(connection), {"token_expires_on": None}, **ANY).json()
    assert (never["token_expires_on"], never["token_end_told"]) == (None, True)
    assert not jira.calls


def test_what_is_saved_is_tried(connection, jira, admin):
    assert send(admin, "post", f"{one(connection)}test/", {}).json()["accepted"] is True
    revoke(jira)
    refused = send(admin, "post", f"{one(connection)}test/", {}).json()
    assert (refused["accepted"], bool(refused["sentence"])) == (False, True)
    assert admin.get(one(connection)).json()["standing"] == "Failing"
