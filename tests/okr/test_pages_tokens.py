"""Tokens for scripts under Settings: shown once, listed without their secret, revoked."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from okr.models import ApiToken
from tests.cast import signed_in

URL = "/settings/tokens/"
SENT = {"name": "Nightly numbers", "scopes": ["read"], "lasts": "90"}


def made(person, **sent):
    """The answer, and the token in it."""
    response = signed_in(person).post(URL, SENT | sent)
    found = re.search(r'value="(plb_[^"]+)"', response.content.decode())
    return response, found and found[1]


def test_a_new_token_is_shown_once_and_works(ben):
    response, told = made(ben)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    script = Client(headers={"Authorization": f"Bearer {told}"})
    assert script.get("/api/v1/objectives/").status_code == 200
    again = signed_in(ben).get(URL).content.decode()
    assert "Nightly numbers" in again
    assert told not in again


def test_it_lasts_as_long_as_was_chosen(ben):
    made(ben)
    made(ben, lasts="never")

    endless, ending = ApiToken.objects.all()
    assert endless.ends_at is None
    assert ending.ends_at == ending.made_at + timedelta(days=90)


@pytest.mark.parametrize(
    "sent", [{"name": ""}, {"scopes": []}, {"scopes": ["admin"]}, {"lasts": "9"}, {"lasts": ""}]
)
def test_what_cannot_be_taken_makes_none(ben, sent):
    response, told = made(ben, **sent)

    assert response.status_code == 422
    assert told is None
    assert not ApiToken.objects.exists()


def test_an_admin_may_make_one_that_administers(olga):
    assert made(olga, scopes=["admin"])[0].status_code == 200


def test_a_revoked_token_is_gone_from_the_list(ben, cleo):
    made(ben)
    token = ApiToken.objects.get()
    assert signed_in(cleo).post(f"{URL}{token.pk}/").status_code == 404

    signed_in(ben).post(f"{URL}{token.pk}/")

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert (
        "Nightly numbers"
        not in signed_in(ben).get(URL).content.decode().split("API tokens</h2>")[1]
    )
    assert signed_in(ben).get(f"{URL}{token.pk}/").status_code == 404
