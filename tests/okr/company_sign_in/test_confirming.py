"""Who came by the provider proves there that it is still they, before credentials are kept."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.models import ApiToken, Person, Role
from tests.cast import make_person
from tests.identity.travelling import Traveller, asking

TOKENS = "/settings/tokens/"
SENT = {"name": "Nightly numbers", "scopes": ["read"], "lasts": "90"}
PAGE = "/confirm/at/larkspur/"
BEGIN = f"{PAGE}begin/"
LATER = timedelta(minutes=16)


@pytest.fixture
def guest(provider, house, ada_here) -> Traveller:
    made = Traveller(house, "ada")
    made.comes()
    return made


@pytest.fixture
def later(guest):
    """A while after signing in, though the provider keeps the time that it is."""
    session = guest.here.session
    records = session["account_authentication_methods"]
    long_ago = LATER.total_seconds()
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - long_ago} for record in records
    ]
    session.save()


def is_asked(client: Client) -> bool:
    return client.get(TOKENS).status_code == 302


def test_a_fresh_sign_in_is_proof_enough(guest):
    assert guest.here.post(TOKENS, SENT).status_code == 200


def test_an_old_one_is_led_to_a_page_that_leads_to_the_provider(guest, later):
    answer = guest.here.post(TOKENS, SENT)
    assert answer["Location"] == f"{PAGE}?next=%2Fsettings%2Ftokens%2F"
    assert (
        f'href="{BEGIN}?next=%2Fsettings%2Ftokens%2F"'
        in guest.here.get(answer["Location"]).content.decode()
    )
    assert not ApiToken.objects.exists()


def test_signing_in_there_again_opens_it_under_a_new_key(guest, later):
    before = guest.here.session.session_key
    asked = guest.sent_to(f"?next={TOKENS}", BEGIN)
    assert parse_qs(urlsplit(asked).query)["prompt"] == ["login"]

    assert guest.here.get(guest.returns(asked))["Location"] == TOKENS
    assert guest.here.session.session_key != before
    assert guest.here.post(TOKENS, SENT).status_code == 200


def test_whoever_finds_an_open_window_does_not_get_by_without_being_asked_there(guest, later):
    guest.becomes("ada", "?ago=3600")
    asked = asking(guest.sent_to(begin=BEGIN), prompt="", max_age="")

    answer = guest.here.get(guest.returns(asked))

    assert answer.status_code == 403
    assert "did not ask you to sign in again" in answer.content.decode()
    assert is_asked(guest.here)


def test_coming_again_without_being_asked_there_proves_nothing(guest, later):
    guest.becomes("ada", "?ago=3600")

    assert guest.comes().status_code == 302
    assert is_asked(guest.here)

    guest.comes(begin=BEGIN)
    assert not is_asked(guest.here)


def test_another_account_proves_nothing(guest, later, provider):
    make_person("Ben Okafor", email="ben@larkspur.example")
    type(provider).objects.update(trusts_email=True)
    guest.becomes("unverified")

    answer = guest.comes(begin=BEGIN)

    assert answer.status_code == 403
    assert "is not who is signed in here" in answer.content.decode()
    assert is_asked(guest.here)


def test_an_answer_to_signing_in_confirms_nothing_by_itself(guest, later):
    assert guest.here.get(guest.returns(guest.sent_to()))["Location"] == "/my/"
    guest.here.post("/sign-out/")
    assert guest.here.get(BEGIN)["Location"].startswith("/sign-in/")


def test_a_provider_that_does_not_know_somebody_confirms_nothing(guest, provider, olga):
    other = Client()
    other.force_login(olga)

    assert other.get(PAGE).status_code == 404
    assert other.get(BEGIN).status_code == 404


def test_a_session_that_keeps_credentials_by_the_api_is_asked_too(guest, later, ada_here):
    Person.objects.filter(pk=ada_here.pk).update(role=Role.OKR_ADMIN)
    sent = {"name": "Wallboard", "address": "https://hooks.example.com/", "events": []}

    answer = guest.here.post("/api/v1/webhooks/", sent, "application/json")

    assert answer.status_code == 403
    assert "/confirm/" in answer.json()["detail"]


def test_it_ends_after_a_while(guest):
    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert is_asked(guest.here)
