"""OKR admins set webhooks up, and see what became of each delivery."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.models import AuditEntry, Delivery, Happens, Role, Webhook
from okr.models.happens import GROUPS
from tests.cast import make_objective, make_person, signed_in
from tests.okr.pages import text_of
from tests.okr.webhooks.stage import NOW, make_hook, receiver

pytestmark = pytest.mark.django_db
ALL = "/okr-admin/webhooks/"
TYPED = {"name": "Wall", "address": "https://wall.example/in?key=7", "is_on": "on"}


def test_the_secret_is_shown_once_and_stored_sealed(olga):
    client = signed_in(olga)
    answer = client.post(f"{ALL}new/", TYPED | {"events": ["comment.added"]})
    hook = Webhook.objects.get()
    secret = hook.secrets_at(NOW)[0]

    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert secret not in hook.sealed_secret
    assert secret not in str(list(AuditEntry.objects.values()))
    for url in (ALL, f"{ALL}{hook.pk}/", f"{ALL}{hook.pk}/edit/", f"{ALL}{hook.pk}/secret/"):
        assert secret not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Enter an address."),
        ("ftp://wall.example/", "Enter an address that begins with https://."),
        ("https://ada:secret@wall.example/", "must not hold a name or password"),
        ("https://10.0.0.1/", "may not be reached from here"),
        ("https://127.1/", "Enter an address that begins with https://."),
        ("https://[::ffff:10.0.0.1]/", "may not be reached from here"),
        ("https://169.254.169.254/latest/", "may not be reached from here"),
        ("https://wall.example:8443/", "may not be reached from here"),
    ],
)
def test_an_address_that_may_not_be_reached_is_refused_beside_its_field(olga, address, words):
    typed = TYPED | {"events": ["comment.added"], "address": address}
    answer = signed_in(olga).post(f"{ALL}new/", typed)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Webhook.objects.exists()


def test_plain_http_becomes_https(olga):
    typed = TYPED | {"events": ["comment.added"], "address": "http://wall.example/in"}
    signed_in(olga).post(f"{ALL}new/", typed)

    assert Webhook.objects.get().address == "https://wall.example/in"


def test_a_test_is_sent_at_once_and_its_answer_shown(olga, settings):
    with receiver(settings, 202) as server:
        hook, _ = make_hook(server.url)
        answer = signed_in(olga).post(f"{ALL}{hook.pk}/test/", follow=True)
    [heard] = server.heard

    assert heard.body["type"] == "ping"
    assert "202, after" in text_of(answer)
    assert "Delivered" in text_of(answer)


def test_a_delivery_is_sent_again_under_its_number(olga, ben, cycle):
    hook, _ = make_hook()
    make_objective(ben, cycle)
    first = Delivery.objects.get()
    signed_in(olga).post(f"{ALL}{hook.pk}/deliveries/{first.pk}/again/")

    assert {each.happening for each in Delivery.objects.all()} == {first.happening}
    assert Delivery.objects.count() == 2


def test_nothing_is_sent_again_by_a_webhook_that_is_off(olga, ben, cycle):
    hook, _ = make_hook()
    make_objective(ben, cycle)
    Webhook.objects.update(is_on=False)
    url = f"{ALL}{hook.pk}/deliveries/{Delivery.objects.get().pk}/again/"
    answer = signed_in(olga).post(url, follow=True)

    assert "Switch this webhook on first" in text_of(answer)
    assert Delivery.objects.count() == 1


def test_what_was_sent_is_shown_as_text(olga, ben, cycle):
    hook, _ = make_hook()
    make_objective(ben, cycle, title="<script>alert(1)</script>")
    url = f"{ALL}{hook.pk}/deliveries/{Delivery.objects.get().pk}/"
    content = signed_in(olga).get(url).content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_the_log_costs_the_same_with_3_and_23_deliveries(
    olga, ben, cycle, django_assert_max_num_queries
):
    hook, _ = make_hook()
    client, url, costs = signed_in(olga), f"{ALL}{hook.pk}/", []
    for number in (3, 20):
        for _ in range(number):
            make_objective(ben, cycle)
        client.get(url)
        with django_assert_max_num_queries(40) as asked:
            client.get(url)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_after_a_while_nothing_is_added_without_a_proof_that_it_is_still_they():
    dana = make_person("Dana Holt", password="a plumb line", role=Role.OKR_ADMIN)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = Client()
        client.post("/sign-in/", {"login": dana.email, "password": "a plumb line"})
        clock.shift(timedelta(minutes=16))
        answer = client.post(f"{ALL}new/", TYPED | {"events": ["comment.added"]})

    assert answer["Location"].startswith("/confirm/")
    assert not Webhook.objects.exists()


def test_every_event_has_its_box_under_a_heading(olga):
    page = signed_in(olga).get(f"{ALL}new/").content.decode()

    for kind in Happens:
        assert f'value="{kind.value}"' in page
        assert f">{kind.group}</p>" in page
    assert page.count('role="group" aria-labelledby="events-') == len(set(GROUPS.values()))
