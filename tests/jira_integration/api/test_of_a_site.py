"""What belongs to one site, through the API: projects, resolutions, events, successor, writing."""

import pytest

from jira_integration.client import WrongCredentials
from jira_integration.into_jira.rights import CREATES
from jira_integration.models import JiraConnection, JiraWriting, Successor, WebhookReceiver
from okr.models import ApiAnswer, AuditEntry
from tests.jira_integration.stage import read
from tests.jira_integration.tokens import SECOND, grant
from tests.okr.api.script import client_of, send

ANY = {"If-Match": "*"}


@pytest.fixture
def admin(olga):
    return client_of(olga, "read", "write", "admin")


def url(site, more):
    return f"/api/v1/jira/sites/{site.pk}/{more}"


def test_projects_are_tried_out_and_then_chosen(followed, connection, jira, admin):
    told = admin.get(url(connection, "projects/"))
    assert (told.json()["only_chosen"], told.json()["fault"]) == (False, "")
    demo = next(each for each in told.json()["offered"] if each["key"] == "DEMO")

    tried = send(admin, "post", url(connection, "projects/preview/"), {"only_chosen": False})
    assert tried.json() == {"number": 0, "largest": []}
    body = {"only_chosen": True, "projects": [demo["id"]]}
    kept = send(admin, "patch", url(connection, "projects/"), body, **{"If-Match": told["ETag"]})
    assert (kept.status_code, kept.json()["projects"]) == (200, [demo["id"]])
    assert JiraConnection.objects.get().only_chosen
    for wrong in ({"projects": [4711]}, {"only_chosen": True, "projects": []}):
        refused = send(admin, "patch", url(connection, "projects/"), wrong, **ANY)
        assert [each["field"] for each in refused.json()["errors"]] == ["projects"]


def test_a_right_that_jira_does_not_give_is_not_turned_on(connection, admin):
    refused = send(admin, "patch", url(connection, "projects/"), {"as_person": True}, **ANY)
    assert [each["field"] for each in refused.json()["errors"]] == ["as_person"]
    assert not JiraConnection.objects.get().as_person


def test_resolutions_are_left_out_by_their_ids(followed, connection, admin):
    told = admin.get(url(connection, "left-out/")).json()
    body = {"left_out": [told["resolutions"][0]["id"]]}

    tried = send(admin, "post", url(connection, "left-out/preview/"), body).json()
    kept = send(admin, "patch", url(connection, "left-out/"), body, **ANY).json()
    assert (tried["number"], kept["left_out"]) == (1, body["left_out"])
    wrong = send(admin, "patch", url(connection, "left-out/"), {"left_out": ["nothing"]}, **ANY)
    assert [each["field"] for each in wrong.json()["errors"]] == ["left_out"]


def test_a_webhook_is_registered_and_removed_without_telling_its_secret(connection, admin):
    assert admin.get(url(connection, "events/")).json()["opened"] is False
    opened = send(admin, "post", url(connection, "events/"), {})

    assert opened.json()["opened"] is True
    receiver = WebhookReceiver.objects.get()
    for secret in (receiver.secret, receiver.url):
        assert secret not in opened.content.decode()
    assert send(admin, "delete", url(connection, "events/")).json()["opened"] is False


def test_what_to_enter_by_hand_is_told_once(connection, admin):
    told = send(admin, "post", url(connection, "events/by-hand/"), {})

    receiver = WebhookReceiver.objects.get()
    assert told.status_code == 201
    assert (told.json()["url"], told.json()["secret"]) == (receiver.url, receiver.secret)
    assert told.json()["events"] == ["Issue: created", "Issue: updated", "Issue: deleted"]
    assert (told.json()["name"], told.json()["status"]) == ("Plumbline", "Enabled")
    assert told.json()["place"].startswith(connection.server)
    later = admin.get(url(connection, "events/"))
    assert (later.json()["opened"], later.json()["by_hand"]) == (True, True)
    kept = str([*ApiAnswer.objects.values(), *AuditEntry.objects.values()])
    for secret in (receiver.secret, receiver.url):
        assert secret not in later.content.decode() + kept


def test_a_successor_waits_and_is_used(connection, jira, admin):
    body = {"email": jira.email, "token": grant(jira)}
    put = send(admin, "post", url(connection, "successor/"), body)
    assert put.json()["waiting"]["email"] == jira.email, put.json()

    used = send(admin, "post", url(connection, "successor/use/"), {})
    assert (used.status_code, used.json()["waiting"]) == (200, None)
    assert JiraConnection.objects.get().token() == SECOND
    assert [each["cause"] for each in used.json()["changes"]] == ["by_hand", "prepared"]
    assert send(admin, "delete", url(connection, "successor/")).status_code == 409


def test_a_successor_takes_over_at_once_where_jira_has_refused(connection, jira, admin):
    read()
    connection.failed(WrongCredentials(host=connection.host), connection.token_saved_at)
    body = {"email": jira.email, "token": grant(jira)}
    put = send(admin, "post", url(connection, "successor/"), body).json()
    assert put["waiting"] is None
    assert not Successor.objects.exists()
    assert JiraConnection.objects.get().token() == SECOND


def test_a_successor_that_jira_refuses_is_not_put(connection, jira, admin):
    body = {"email": jira.email, "token": "nonsense"}
    assert send(admin, "post", url(connection, "successor/"), body).status_code == 422
    assert not Successor.objects.exists()


def test_what_is_written_into_jira_is_switched_one_by_one(connection, admin):
    tag = admin.get(url(connection, "into/"))["ETag"]
    body = {CREATES: True}
    on = send(admin, "patch", url(connection, "into/"), body, **{"If-Match": tag})

    assert (on.json()[CREATES], on.json()["shows_key_results"]) == (True, False), on.json()
    stale = send(admin, "patch", url(connection, "into/"), body, **{"If-Match": tag})
    assert stale.status_code == 412
    assert send(admin, "post", url(connection, "into/again/"), {}).status_code == 200
    send(admin, "patch", url(connection, "into/"), {CREATES: False}, **ANY)
    assert not JiraWriting.objects.get().creates_issues


def test_what_could_not_be_refreshed_is_told_with_the_way_out(followed, connection, admin):
    connection.failed(WrongCredentials(host=connection.host), connection.token_saved_at)
    told = admin.get("/api/v1/jira/troubles/").json()
    [cause] = told["not_refreshed"]
    assert [each["key_result"] for each in cause["key_results"]] == [followed.pk]
    assert cause["way_out"]
