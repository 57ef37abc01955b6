"""Webhooks and their deliveries through the API: as on the pages, and the secret is told once."""

import pytest

from okr.models import Delivery, Webhook
from tests.cast import make_objective
from tests.okr.api.script import client_of, send
from tests.okr.webhooks.stage import NOW, make_hook, receiver

pytestmark = pytest.mark.django_db
ALL = "/api/v1/webhooks/"
BODY = {"name": "Wall", "address": "http://wall.example/in", "events": ["comment.added"]}


@pytest.fixture
def script(olga):
    return client_of(olga, "read", "write", "admin")


def test_a_webhook_is_added_and_its_secret_told_where_it_is_renewed(script):
    made = send(script, "post", ALL, BODY, **{"Idempotency-Key": "one"})
    url = made["Location"]
    renewed = send(script, "post", f"{url}secret/", {})
    hook = Webhook.objects.get()

    assert made.status_code == renewed.status_code == 201
    assert made.json()["address"] == "https://wall.example/in"
    assert "secret" not in made.json()
    assert hook.secrets_at(NOW)[0] == renewed.json()["secret"]
    assert renewed.json()["secret"] not in script.get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [("address", "https://10.0.0.1/"), ("address", "nowhere at all"), ("events", ["everything"])],
)
def test_what_cannot_be_taken_is_named(script, name, value):
    answer = send(script, "post", ALL, BODY | {name: value})

    assert answer.status_code in (400, 422)
    assert answer.json()["errors"][0]["field"].split(".")[0] == name
    assert not Webhook.objects.exists()


def test_a_webhook_is_changed_by_its_version(script):
    hook, _ = make_hook()
    url = f"{ALL}{hook.pk}/"

    assert send(script, "patch", url, {"is_on": False}).status_code == 428
    stale = send(script, "patch", url, {"is_on": False}, **{"If-Match": '"7"'})
    assert stale.status_code == 412
    changed = send(script, "patch", url, {"is_on": False}, **{"If-Match": '"1"'})
    assert changed.json()["is_on"] is False
    assert changed.json()["events"] == hook.events


def test_deliveries_are_listed_newest_first_and_sent_again(script, ben, cycle):
    hook, _ = make_hook()
    for _ in range(2):
        make_objective(ben, cycle)
    rows = script.get(f"{ALL}{hook.pk}/deliveries/?state=waiting").json()["results"]
    again = send(script, "post", f"{ALL}{hook.pk}/deliveries/{rows[1]['id']}/redelivery/", {})

    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    assert again.json()["number"] == rows[1]["number"]
    assert Delivery.objects.count() == 3


def test_a_test_answers_with_what_became_of_it(script, settings):
    with receiver(settings, 204) as server:
        hook, _ = make_hook(server.url)
        answer = send(script, "post", f"{ALL}{hook.pk}/test/", {})

    assert answer.json()["state"] == "delivered"
    assert len(server.heard) == 1


def test_nothing_is_sent_again_while_it_is_off(script, ben, cycle):
    hook, _ = make_hook()
    make_objective(ben, cycle)
    Webhook.objects.update(is_on=False)
    url = f"{ALL}{hook.pk}/deliveries/{Delivery.objects.get().pk}/redelivery/"

    assert send(script, "post", url, {}).status_code == 409
