"""Who is meant by an address, and how often a stranger may have the provider asked."""

from http import HTTPStatus

import pytest
from django.test import Client

from okr.company_sign_in.arrival import Arrival, alike
from okr.company_sign_in.errors import TurnedAwayError
from okr.models import SignInProvider


@pytest.mark.parametrize(
    ("other", "is_it"),
    [
        ("ada@larkspur.example", True),
        ("Ada@Larkspur.Example", True),
        ("ada@lar\u212aspur.example", False),
        ("ada@lark\u017fpur.example", False),
        ("ada@larkspur.example ", False),
    ],
)
def test_an_address_that_only_looks_like_hers_is_not_hers(other, is_it):
    assert alike("ada@larkspur.example", other) is is_it


@pytest.mark.parametrize("email", ["ada@lark\u017fpur.example", "ad\u0131@larkspur.example"])
def test_whoever_comes_under_it_is_nobody_here(ada_here, email):
    type(ada_here).objects.create(name="Adi", email="adi@larkspur.example")
    provider = SignInProvider(name="Larkspur", issuer="https://login.larkspur.example")
    provider.keep("secret")

    with pytest.raises(TurnedAwayError):
        Arrival(provider, "s-1", email, is_verified=True).person()

    assert not provider.accounts.exists()


@pytest.mark.parametrize("kind", ["openid", "saml"])
def test_a_stranger_cannot_have_the_provider_asked_without_end(db, settings, kind):
    settings.ACCOUNT_RATE_LIMITS = {"company_sign_in": "2/h/ip"}
    stranger = Client()

    answers = [stranger.get(f"/sign-in/{kind}/nobody/begin/").status_code for _ in range(3)]

    assert answers == [HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS]
