"""Whoever came by a provider may end it there too; nobody is led away without wanting it."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from tests.identity.travelling import Traveller
from tests.okr.pages import text_of


@pytest.fixture
def guest(provider, house, ada_here) -> Traveller:
    made = Traveller(house, "ada")
    made.comes()
    return made


def test_signing_out_offers_to_sign_out_there_and_that_ends_it(guest):
    answer = guest.here.post("/sign-out/")
    assert "You may still be signed in at Larkspur" in text_of(answer)
    (link,) = re.findall(r'href="(http[^"]+)"', answer.content.decode())

    guest.there.get(unescape(link), timeout=10)

    asked = guest.there.get(guest.sent_to(), allow_redirects=False, timeout=10)
    assert urlsplit(asked.headers["Location"]).path == "/again/", "it asks for a password"


def test_the_token_lies_sealed_in_the_session(guest):
    kept = str(dict(guest.here.session))
    assert "eyJ" not in kept


def test_nothing_is_offered_where_the_provider_is_off_now(guest, provider):
    type(provider).objects.update(is_on=False)

    assert guest.here.post("/sign-out/")["Location"] == "/sign-in/"


def test_nothing_is_offered_to_who_came_by_a_password(guest, ada_here):
    guest.here.force_login(ada_here)
    guest.here.post("/sign-out/")
    guest.here.force_login(ada_here)

    assert guest.here.post("/sign-out/")["Location"] == "/sign-in/"
