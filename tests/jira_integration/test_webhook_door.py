"""The address that Jira calls: forged, repeated, huge, deep and useless bodies change nothing."""

import hmac
from hashlib import sha1, sha256
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.utils import timezone

from jira_integration.door import Call, answers
from jira_integration.models import SyncRun, Trigger, WebhookDelivery, WebhookReceiver
from jira_integration.webhooks import Hint, is_signed, read_hint, take
from tests.jira_integration.events import body_of, identified, opened, post, send, signature, unread
from tests.jira_integration.stage import counted

pytestmark = pytest.mark.usefixtures("connection")
ID = "X-Atlassian-Webhook-Identifier"


def hint_of(issue_id: int, number: int) -> Hint:
    return read_hint(body_of(issue_id), identified(number)[ID])


def waiting() -> int:
    return SyncRun.objects.filter(trigger=Trigger.WEBHOOK).count()


def test_a_signed_event_is_stored_once_and_rings():
    receiver = opened()

    answers = [send(receiver, body_of(10_001), **identified(1)).status_code for _ in range(3)]

    assert answers == [202, 202, 202]
    assert [each.event for each in WebhookDelivery.objects.all()] == ["jira:issue_updated"]
    assert unread() == {10_001}
    assert waiting() == 1


def test_the_same_event_without_an_identifier_is_known_by_what_it_says():
    receiver = opened()

    send(receiver, body_of(10_001))
    send(receiver, body_of(10_001, user={"displayName": "Ada"}))
    send(receiver, body_of(10_001, timestamp=1_772_000_000_001))

    assert WebhookDelivery.objects.count() == 2


def test_the_signature_is_that_of_the_official_example():
    receiver = opened()
    secret = "It's a Secret to Everybody"
    told = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"

    with mock.patch.object(WebhookReceiver, "secret", secret):
        assert is_signed(receiver, b"Hello World!", told)
        assert not is_signed(receiver, b"Hello World?", told)


@pytest.mark.parametrize(
    "forge",
    [
        lambda *_: "sha256=" + "0" * 64,
        lambda right, *_: right[:-1] + ("0" if right[-1] != "0" else "1"),
        lambda right, *_: right.removeprefix("sha256="),
        lambda right, *_: right.replace("sha256", "sha1"),
        lambda _, body, secret: "sha1=" + hmac.new(secret, body, sha1).hexdigest(),
        lambda _, body, __: "sha256=" + sha256(body).hexdigest(),
        lambda right, *_: f"{right}, {right}",
        lambda *_: "sha256=é",
        lambda *_: "=",
    ],
)
def test_a_forged_event_is_refused_and_leaves_nothing(forge):
    receiver, body = opened(), body_of(10_001)

    forged = forge(signature(receiver, body), body, receiver.secret.encode())

    assert send(receiver, body, forged).status_code == 401
    assert not WebhookDelivery.objects.exists()
    assert not unread()
    assert waiting() == 0


def test_an_event_without_a_signature_is_refused():
    url = opened().url.partition("/jira/")[2]

    assert post(f"/jira/{url}", body_of(1), {}).status_code == 401


def test_what_is_signed_is_the_body_before_anybody_reads_it():
    receiver = opened()

    with mock.patch("jira_integration.webhooks.decode") as decode:
        assert send(receiver, b"{not json", "sha256=0").status_code == 401

    decode.assert_not_called()


def test_an_unknown_address_answers_as_if_there_were_nothing_and_does_the_same_work():
    receiver, body = opened(), body_of(10_001)

    with mock.patch("jira_integration.webhooks.hmac.new", wraps=hmac.new) as worked:
        answer = post("/jira/webhooks/elsewhere/", body, {"X-Hub-Signature": "sha256=0"})

    assert (answer.status_code, worked.call_count) == (404, 1)
    assert send(receiver, body).status_code == 202


def test_the_address_before_the_last_is_nobodys():
    before, after = opened(), opened()

    assert send(before, body_of(1)).status_code == 404
    assert send(after, body_of(1)).status_code == 202


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
def test_only_a_post_is_answered(client, method):
    receiver = opened()

    assert getattr(client, method)(receiver.url).status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b'{"webhookEvent": 7}',
        b'{"webhookEvent": "jira:issue_updated"}',
        b'{"webhookEvent": "jira:issue_updated", "issue": []}',
        b'{"webhookEvent": "jira:issue_updated", "issue": {"id": "DEMO-1"}}',
        b'{"webhookEvent": "jira:issue_updated", "issue": {"id": NaN}}',
        b'{"webhookEvent": "jira:issue_updated", "issue": {"id": 99999999999999999999}}',
        b'{"webhookEvent": "sprint_started", "issue": {"id": "1"}, "timestamp": 1}',
        b'{"webhookEvent": "' + b"x" * 5_000 + b'"}',
        b"[" * 200_000,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_signed_body_of_no_use_is_kept_as_such_and_asks_for_nothing(body):
    receiver = opened()

    assert send(receiver, body).status_code == 202
    assert WebhookDelivery.objects.get().issue_id is None
    assert not unread()
    assert waiting() == 0


@pytest.mark.parametrize("identifier", ["x" * 5_000, "a\x7fb", " "])
def test_an_odd_identifier_is_no_obstacle(identifier):
    receiver = opened()

    for _ in range(2):
        assert send(receiver, body_of(10_001), **{ID: identifier}).status_code == 202

    assert WebhookDelivery.objects.count() == 1


def test_more_than_a_megabyte_is_not_read():
    receiver, body = opened(), b" " * 1_000_001

    assert send(receiver, body).status_code == 413
    assert not WebhookDelivery.objects.exists()


def test_what_comes_together_is_answered_each_for_itself():
    receiver, now = opened(), timezone.now()
    token = urlsplit(receiver.url).path.split("/")[-2]
    good, bad = body_of(10_001), body_of(10_002)

    def call(body: bytes, signed: str, at: str = token) -> Call:
        return Call(at, body, signed, "127.0.0.1", "")

    right = call(good, signature(receiver, good))
    told = answers([call(bad, "sha256=0"), right, call(good, "", at="elsewhere"), right])

    assert [each.status for each in told] == [401, 202, 404, 202]
    assert [each.asks for each in told] == [None, receiver, None, None]
    assert unread() == {10_001}
    assert WebhookReceiver.objects.filter(refused_at__gte=now).exists()


def test_jira_is_asked_to_come_again_while_the_database_is_away():
    receiver = opened()

    with mock.patch.object(WebhookReceiver.objects, "at", side_effect=OperationalError("away")):
        assert send(receiver, body_of(1)).status_code == 503


def test_another_sites_secret_opens_nothing():
    receiver, body = opened(), body_of(1)
    foreign = "sha256=" + hmac.new(b"another secret", body, sha256).hexdigest()

    assert send(receiver, body, foreign).status_code == 401


def test_ten_thousand_events_are_taken_with_a_few_statements_each():
    receiver, now = opened(), timezone.now()
    send(receiver, body_of(10_000))

    with counted() as queries:
        for number in range(100):
            send(receiver, body_of(10_000 + number), **identified(number))
    for at in range(0, 10_000, 8):
        numbers = range(at, at + 8)
        take(receiver, [hint_of(10_000 + number % 500, number) for number in numbers], now)

    assert len(queries) <= 100 * 3
    assert WebhookDelivery.objects.count() == 10_001
    assert len(unread()) == 500
    assert waiting() == 1
