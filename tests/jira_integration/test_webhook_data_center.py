"""Webhooks of Data Center: unsigned before 10, signed from 10 on, and a hint in either case."""

import json
from urllib.parse import urlsplit

import pytest

from config.environment import Environment
from jira_integration import registering, sync
from jira_integration.events_card import EventsCard
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    SyncRun,
    Trigger,
    WebhookDelivery,
    WebhookReceiver,
)
from jira_integration.models import delivery as noun
from jira_sandbox.testing import running_data_center
from tests.cast import signed_in
from tests.contract.description import folder, missing
from tests.jira_integration.events import DELETED, body_of, post, send, signature, unread
from tests.jira_integration.seen import url, words
from tests.jira_integration.stage import connect, host_of, link, progress, read
from tests.jira_integration.test_webhook_registering import wait_for_event

FIRST = {"8.20": (8, 20, 1), "9.12": (9, 12, 4)}
SINCE_10 = {"10.3": (10, 3, 24), "11.2": (11, 2, 0)}
ALL = FIRST | SINCE_10
generations = pytest.mark.parametrize("jira", [*FIRST, *SINCE_10], indirect=True)
unsigned = pytest.mark.parametrize("jira", ["9.12"], indirect=True)
signed = pytest.mark.parametrize("jira", ["10.3"], indirect=True)


@pytest.fixture
def jira(request, settings):
    with running_data_center("small", version=ALL[request.param]) as sandbox:
        settings.JIRA_ALLOWED_HOSTS = [host_of(sandbox)]
        settings.JIRA_ANSWER_SECONDS = 2
        yield sandbox


@pytest.fixture
def by_admin(jira, db) -> JiraConnection:
    jira.email, jira.token = jira.admin_email, jira.admin_token
    connection = connect(jira)
    IntegrationSettings.load().turn_on()
    return connection


@pytest.fixture
def receiver(by_admin, key_result) -> WebhookReceiver:
    """Entered by hand; an issue In Progress and one To Do are linked: 25 percent."""
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    return registering.open_by_hand(by_admin)


def events_of(receiver: WebhookReceiver) -> str:
    return urlsplit(receiver.url).path


def work_off() -> None:
    SyncRun.objects.update(not_before=None)
    sync.run_waiting(JiraConnection.objects.get().pk)


@generations
def test_the_webhook_is_registered_where_this_version_has_them(jira, by_admin):
    receiver = registering.register(by_admin)

    (hook,) = jira.site.hooks.values()
    secret = receiver.secret if receiver.signs else ""
    assert (hook.url, hook.secret, receiver.number_in_jira) == (receiver.url, secret, "1")
    assert receiver.signs is (jira.data_center.version >= (10,))

    registering.remove(by_admin)
    assert not jira.site.hooks


@generations
def test_a_move_in_jira_moves_the_number(jira, by_admin, key_result, live_server, settings):
    link(key_result, "DEMO-8", "DEMO-10")
    read()
    settings.PUBLIC_ADDRESS = live_server.url
    receiver = registering.register(by_admin)

    jira.move("DEMO-10", "Done")

    wait_for_event(receiver)
    work_off()
    assert progress(key_result) == 75


@unsigned
def test_an_account_that_does_not_administer_jira_is_told_what_to_enter(jira, db, olga):
    connection = connect(jira)
    client = signed_in(olga)
    client.post(url("register_webhook"))

    page = client.get(url("manage"))

    receiver = WebhookReceiver.objects.of(connection)
    assert receiver is not None
    assert not jira.site.hooks
    assert receiver.url in page.content.decode()
    assert receiver.secret not in page.content.decode()
    assert "does not sign what it sends: keep the address to yourselves" in words(page)


@unsigned
def test_a_jira_that_cannot_be_asked_for_its_version_has_to_sign(jira, by_admin):
    jira.fault("500")

    assert registering.open_by_hand(by_admin).signs


@unsigned
def test_an_unsigned_event_makes_its_issue_read_and_nothing_it_says_is_believed(
    jira, receiver, key_result
):
    lie = {"id": str(jira.issue("DEMO-10").id), "fields": {"status": {"name": "Done"}}}

    assert post(events_of(receiver), body_of(1, issue=lie), {}).status_code == 202

    work_off()
    assert progress(key_result) == 25
    jira.move("DEMO-10", "Done")
    post(events_of(receiver), body_of(1, issue=lie, timestamp=2), {})
    work_off()
    assert progress(key_result) == 75


@unsigned
@pytest.mark.parametrize("change", [lambda u: u[:-2] + "/", lambda u: u[:-1] + "x/", str.upper])
def test_unsigned_events_come_by_the_address_alone(jira, receiver, change):
    forged = change(events_of(receiver)).replace("/JIRA/WEBHOOKS", "/jira/webhooks")

    assert post(forged, body_of(1), {}).status_code == 404
    assert not WebhookDelivery.objects.exists()


@unsigned
@pytest.mark.parametrize(
    ("sources", "caller", "status"),
    [
        ("", "203.0.113.9", 202),
        ("10.1.0.0/16, 192.0.2.7", "10.1.200.3", 202),
        ("10.1.0.0/16, 192.0.2.7", "192.0.2.7", 202),
        ("10.1.0.0/16, 192.0.2.7", "10.2.0.1", 401),
        ("10.1.0.0/16", "::1", 401),
        ("10.1.0.0/16", "", 401),
    ],
)
def test_the_operator_may_say_where_unsigned_events_come_from(
    jira, receiver, settings, client, sources, caller, status
):
    settings.JIRA_WEBHOOK_SOURCES = Environment({"S": sources}).networks("S")

    answer = client.post(events_of(receiver), body_of(1), "application/json", REMOTE_ADDR=caller)

    assert answer.status_code == status
    assert WebhookDelivery.objects.exists() is (status == 202)


@signed
def test_where_jira_signs_the_address_alone_opens_nothing(jira, receiver):
    body = body_of(jira.issue("DEMO-10").id)

    assert post(events_of(receiver), body, {}).status_code == 401
    assert send(receiver, body, signature(receiver, body)[:-1]).status_code == 401
    assert not WebhookDelivery.objects.exists()
    assert not unread()
    assert send(receiver, body).status_code == 202


@signed
def test_a_secret_that_was_entered_wrongly_is_told_until_events_come(jira, receiver):
    post(events_of(receiver), body_of(1), {})
    assert (
        "the secret entered in Jira is not the one" in EventsCard.load(receiver.connection).misfit
    )

    send(receiver, body_of(1))

    assert not EventsCard.load(receiver.connection).misfit


@pytest.mark.parametrize("jira", ["9.12", "10.3"], indirect=True)
def test_replays_and_disorder_end_in_the_right_number(jira, receiver, key_result):
    issue = jira.issue("DEMO-10").id
    bodies = [body_of(issue, timestamp=number) for number in range(4)]
    for status in ("Done", "To Do", "In Progress", "Done"):
        jira.move("DEMO-10", status)

    for at in (3, 0, 2, 1, 2, 3, 0):
        assert send(receiver, bodies[at]).status_code == 202
    work_off()

    assert WebhookDelivery.objects.count() == 4
    assert progress(key_result) == 75


@pytest.mark.parametrize("jira", ["9.12", "10.3"], indirect=True)
def test_a_replay_of_long_ago_costs_a_reading_and_moves_nothing(jira, receiver, key_result):
    body = body_of(jira.issue("DEMO-10").id, DELETED)
    send(receiver, body)
    WebhookDelivery.objects.all().delete()

    send(receiver, body)
    work_off()

    assert progress(key_result) == 25


@pytest.mark.parametrize("jira", ["9.12", "10.3"], indirect=True)
def test_more_than_a_megabyte_is_not_read(jira, receiver):
    assert send(receiver, b" " * 1_000_001).status_code == 413


@unsigned
def test_a_flood_at_an_unsigned_address_ends_in_a_complete_reading(
    jira, receiver, key_result, monkeypatch
):
    monkeypatch.setattr(noun, "A_DELUGE", 50)
    for number in range(120):
        assert post(events_of(receiver), body_of(70_000 + number), {}).status_code == 202
    assert len(unread()) == WebhookDelivery.objects.count() == 51
    jira.move("DEMO-10", "Done")
    jira.forget_calls()

    work_off()
    read()

    assert progress(key_result) == 75
    assert len(jira.calls) <= 8
    assert not unread()


@pytest.mark.contract
@pytest.mark.skipif(bool(missing()), reason=missing() or "it is here")
@signed
def test_the_recorded_bodies_of_both_kinds_of_jira_are_understood(jira, receiver):
    for path in (folder() / "recorded" / "webhooks").glob("webhook-*.json"):
        sent = json.loads(path.read_text())
        assert send(receiver, path.read_bytes()).status_code == 202
        assert int(sent["issue"]["id"]) in unread()


@unsigned
def test_a_body_without_a_moment_is_known_by_itself(jira, receiver):
    bare = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"id": 5}}).encode()

    for _ in range(2):
        post(events_of(receiver), bare, {})

    assert WebhookDelivery.objects.get().issue_id == 5
    assert SyncRun.objects.waiting(receiver.connection_id, Trigger.WEBHOOK).count() == 1
