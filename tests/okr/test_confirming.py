"""What is sensitive asks whoever signed in a while ago for a proof that it is still they."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.api.confirmed import UNCONFIRMED
from okr.models import ApiToken, Person, Role
from tests.cast import make_person, signed_in
from tests.okr.api.script import client_of, send

PASSWORD, TOKENS = "a plumb line", "/settings/tokens/"
SENT = {"name": "Nightly numbers", "scopes": ["read"], "lasts": "90"}


@pytest.fixture
def dana(db):
    return make_person("Dana Holt", password=PASSWORD)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def window(dana, clock):
    client = Client()
    client.post("/sign-in/", {"login": dana.email, "password": PASSWORD})
    return client


def test_a_fresh_sign_in_is_proof_enough(window):
    assert window.post(TOKENS, SENT).status_code == 200
    assert ApiToken.objects.count() == 1


def test_an_old_one_makes_no_token(window, clock):
    clock.shift(timedelta(minutes=16))
    answer = window.post(TOKENS, SENT)
    assert answer["Location"] == "/confirm/?next=%2Fsettings%2Ftokens%2F"
    assert not ApiToken.objects.exists()


def test_the_password_opens_it_for_a_while_under_a_new_key(window, clock):
    clock.shift(timedelta(minutes=16))
    before = window.session.session_key
    answer = window.post("/confirm/", {"password": PASSWORD, "next": TOKENS})
    assert answer["Location"] == TOKENS
    assert window.session.session_key != before
    assert window.post(TOKENS, SENT).status_code == 200
    clock.shift(timedelta(minutes=16))
    assert window.post(TOKENS, SENT).status_code == 302


def test_a_wrong_password_opens_nothing(window, clock):
    clock.shift(timedelta(minutes=16))
    assert window.post("/confirm/", {"password": "not it"}).status_code == 422
    assert window.get(TOKENS).status_code == 302


def test_guesses_at_an_open_window_are_counted(window, clock):
    clock.shift(timedelta(minutes=16))
    for _ in range(5):
        window.post("/confirm/", {"password": "not it"})
    assert window.post("/confirm/", {"password": PASSWORD}).status_code == 422


def test_nobody_is_led_elsewhere(window, clock):
    clock.shift(timedelta(minutes=16))
    sent = {"password": PASSWORD, "next": "https://elsewhere.example/"}
    assert window.post("/confirm/", sent)["Location"] == "/my/"


def test_who_has_no_password_here_is_not_asked(ben):
    assert signed_in(ben).get(TOKENS).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/okr-admin/sign-in/new/",
        "/okr-admin/sign-in/1/",
        "/okr-admin/sign-in/1/deletion/",
        "/okr-admin/sign-in/1/accounts/1/",
        "/okr-admin/chat/new/",
        "/okr-admin/chat/1/edit/",
        "/okr-admin/webhooks/new/",
        "/okr-admin/webhooks/1/edit/",
        "/okr-admin/webhooks/1/secret/",
        "/okr-admin/provisioning/",
    ],
)
def test_every_page_that_keeps_credentials_asks(window, clock, address):
    clock.shift(timedelta(minutes=16))
    assert window.get(address)["Location"].startswith("/confirm/?next=")


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "webhooks/"),
        ("patch", "webhooks/1/"),
        ("post", "webhooks/1/secret/"),
        ("post", "chat-rooms/"),
        ("patch", "chat-rooms/1/"),
    ],
)
def test_the_api_asks_a_session_and_not_a_token(dana, window, clock, method, address):
    Person.objects.filter(pk=dana.pk).update(role=Role.OKR_ADMIN)
    clock.shift(timedelta(minutes=16))
    address = f"/api/v1/{address}"
    refused = getattr(window, method)(address, {}, "application/json")
    assert (refused.status_code, refused.json()["detail"]) == (403, UNCONFIRMED)

    dana.refresh_from_db()
    assert send(client_of(dana, "admin"), method, address, {}).status_code != 403
