"""A delivery is signed, tried again with longer and longer pauses, and given up at last."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256

import pytest

from okr.models import Delivery, Notification, Webhook
from okr.models.tried import LEASE, PAUSES, State
from okr.models.webhook import BOTH_HOLD, TOO_LONG, TURN
from okr.webhooks.deeds import test_now as send_test
from okr.webhooks.posting import CUT, NOT_ALLOWED, SENTENCES
from okr.webhooks.restored import settle
from okr.webhooks.sending import body_of
from okr.webhooks.signing import signed_headers
from tests.cast import make_objective
from tests.okr.outgoing.forbidden import PRIVATE, SPELLINGS
from tests.okr.webhooks.stage import NOW, deliver, make_hook, receiver
from tests.stations import line

MINUTE = timedelta(minutes=1)


@pytest.fixture
def happen(ben, cycle):
    return lambda: make_objective(ben, cycle)


def only() -> Delivery:
    return Delivery.objects.select_related("happening").get()


def shift(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(try_at=NOW)


def test_what_happened_arrives_once_with_a_signature_that_can_be_checked(settings, happen):
    with receiver(settings) as server:
        hook, secret = make_hook(server.url)
        happen()
        shift(only())
        deliver(hook)
        deliver(hook)
    [heard] = server.heard
    sent = {name.lower(): value for name, value in heard.headers.items()}
    content = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode()
    key = b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, content + body_of(only().happening), sha256).digest()

    assert sent["webhook-signature"] == f"v1,{b64encode(expected).decode()}"
    assert heard.body["type"] == "objective.added"
    assert (only().state, only().status) == (State.DELIVERED, 200)
    assert json.loads(only().excerpt) == {"thanks": True}


def test_the_signature_is_that_of_the_specification():
    """The worked example of standardwebhooks.com's own libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    number, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'
    moment = NOW.fromtimestamp(1_614_265_330, NOW.tzinfo)
    signed = signed_headers(number, moment, body, [secret])["webhook-signature"]

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_for_a_day_both_secrets_sign(db):
    hook, first = make_hook()
    second = hook.renew_secret(NOW)

    assert hook.secrets_at(NOW + BOTH_HOLD - MINUTE) == [second, first]
    assert hook.secrets_at(NOW + BOTH_HOLD) == [second]


def test_a_refusal_is_tried_again_and_the_same_bytes_arrive(settings, happen):
    with receiver(settings, 500, 200) as server:
        hook, _ = make_hook(server.url)
        happen()
        shift(only())
        deliver(hook)
        assert (only().state, only().words) == (State.WAITING, "It answered 500.")
        assert hook.failing_since == NOW
        deliver(hook, NOW + PAUSES[0] - MINUTE / 2)
        assert len(server.heard) == 1
        deliver(hook, NOW + PAUSES[0])
    first, second = server.heard

    assert first.body == second.body
    assert only().state == State.DELIVERED
    assert hook.failing_since is None


def test_after_the_last_pause_it_is_given_up_and_the_webhook_stopped(settings, happen, olga):
    now = NOW
    with receiver(settings, 503) as server:
        hook, _ = make_hook(server.url)
        happen()
        shift(only())
        for pause in (*PAUSES, timedelta(0)):
            deliver(hook, now)
            now += pause
    assert only().state == State.GIVEN_UP
    assert len(server.heard) == len(PAUSES) + 1
    assert not hook.is_on
    assert hook.stopped_at
    assert hook.stopped_at - NOW >= TOO_LONG
    [told] = Notification.objects.filter(person=olga)
    assert "Dashboard" in told.words


def test_a_webhook_that_says_it_is_gone_is_off_at_once_and_what_waits_is_let_go(settings, happen):
    with receiver(settings, 410) as server:
        hook, _ = make_hook(server.url)
        happen()
        happen()
        Delivery.objects.update(try_at=NOW)
        deliver(hook)

    assert not hook.is_on
    assert len(server.heard) == 1
    assert {each.state for each in Delivery.objects.all()} == {State.GIVEN_UP}


def test_a_failure_ends_the_round(settings, happen):
    with receiver(settings, 500) as server:
        hook, _ = make_hook(server.url)
        for _ in range(3):
            happen()
        Delivery.objects.update(try_at=NOW)
        deliver(hook)

    assert len(server.heard) == 1


def test_of_two_workers_one_gets_a_delivery_and_takes_over_what_the_other_died_with(happen):
    make_hook()
    happen()
    mine, theirs = only(), only()

    assert mine.claim(NOW)
    assert not theirs.claim(NOW)
    assert only().claim(NOW + LEASE)


def test_a_redirect_is_not_followed(settings, happen):
    with line(lambda _: None) as inside, receiver(settings, 302) as server:
        hook, _ = make_hook(server.url)
        happen()
        shift(only())
        deliver(hook)
        assert inside.connections == 0
    assert only().words == "It answered 302, a redirect. Redirects are not followed."


@pytest.mark.parametrize("spelling", [*SPELLINGS, *PRIVATE])
def test_a_test_reaches_no_inner_address_however_it_got_into_the_database(spelling, db):
    """Past the form: what is stored is asked again at each call."""
    hook = Webhook(name="Inside", address=f"https://{spelling}/", events=["cycle.closed"])
    hook.keep(NOW)
    made = send_test(hook)

    assert made.state == State.GIVEN_UP
    assert made.status is None
    assert made.words in {*SENTENCES.values(), CUT}


def test_a_listener_inside_hears_nothing(db):
    with line(lambda _: None) as inside:
        for address in (
            f"http://{inside.place}/",
            f"https://{inside.place}/",
            f"http://localhost:{inside.port}/",
        ):
            hook = Webhook(name=address, address=address, events=["cycle.closed"])
            hook.keep(NOW)
            assert send_test(hook).words == NOT_ALLOWED
        assert inside.connections == 0


def test_a_restored_backup_tells_nothing_again(happen):
    hook, _ = make_hook()
    happen()
    settle(NOW, without_secrets=True)
    hook.refresh_from_db()

    assert only().state == State.GIVEN_UP
    assert not hook.is_on
    assert hook.sealed_secret == ""


def test_one_worker_at_a_time_has_its_round_and_the_next_takes_over_from_a_dead_one(
    settings, happen
):
    with receiver(settings) as server:
        hook, _ = make_hook(server.url)
        happen()
        shift(only())
        assert hook.take_turn(NOW)
        deliver(hook)
        assert len(server.heard) == 0
        deliver(hook, NOW + TURN + MINUTE)
        assert len(server.heard) == 1
    assert hook.busy_until is None
