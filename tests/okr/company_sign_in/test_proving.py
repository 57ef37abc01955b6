"""An ID token is believed only where everything about it is right."""

import json
import time

import jwt
import pytest
from allauth.socialaccount.models import SocialApp
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt import PyJWK
from jwt.algorithms import RSAAlgorithm

from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.openid import CompanyOpenID
from okr.company_sign_in.proving import nonce_of, prove

ISSUER, CLIENT = "https://login.larkspur.example", "plumbline"
NONCE = nonce_of("kept by this session")
OURS, FOREIGN = generate_private_key(65537, 2048), generate_private_key(65537, 2048)


def published(key, kid="one", **more: str) -> PyJWK:
    told = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return PyJWK(told | {"kid": kid, "alg": "RS256"} | more)


def token(key=OURS, kid="one", algorithm="RS256", without=(), **changes) -> str:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": CLIENT, "sub": "ada", "nonce": NONCE, "iat": now}
    claims = {**usual, "exp": now + 300, **changes}
    kept = {name: value for name, value in claims.items() if name not in without}
    return jwt.encode(kept, key, algorithm, headers={"kid": kid})


def believed(sent: object, keys=None):
    keys = [published(OURS)] if keys is None else keys
    return prove(sent, keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


def test_a_token_that_is_right_in_everything_is_believed():
    assert believed(token())["sub"] == "ada"
    assert believed(token(aud=[CLIENT], azp=CLIENT))["sub"] == "ada"


@pytest.mark.parametrize(
    "sent",
    [
        token(key=FOREIGN),
        token(kid="unknown"),
        token(iss="https://login.elsewhere.example"),
        token(aud="another"),
        token(aud=[CLIENT, "another"], azp="another"),
        token(exp=int(time.time()) - 3_600),
        token(iat=int(time.time()) + 3_600),
        token(nonce="of another sign-in"),
        token(without=["nonce"]),
        token(without=["exp"]),
        token(without=["sub"]),
        token(without=["aud"]),
        token(key="", algorithm="none"),
        token(key="a secret that both sides could know", algorithm="HS256"),
        token()[:-8] + "AAAAAAAA",
        "no token",
        "",
        None,
        {"sub": "ada"},
    ],
)
def test_a_token_that_is_wrong_in_one_thing_is_not(sent):
    with pytest.raises(ProviderError):
        believed(sent)


@pytest.mark.parametrize("keys", [[], [published(OURS, use="enc")], [published(OURS)] * 2])
def test_only_a_single_key_for_signing_proves(keys):
    with pytest.raises(ProviderError):
        believed(token(), keys)


@pytest.mark.parametrize(
    ("claims", "is_verified"),
    [
        ({}, False),
        ({"hd": "larkspur.example"}, True),
        ({"email": "ada@gmail.com"}, True),
        ({"iss": ISSUER}, True),
        ({"hd": "larkspur.example", "email_verified": False}, False),
    ],
)
def test_google_verifies_only_the_addresses_that_it_gives_out(claims, is_verified):
    usual = {"iss": "https://accounts.google.com", "sub": "1", "email_verified": True}
    told = {**usual, "email": "ada+home@larkspur.example", **claims}
    provider = CompanyOpenID(None, SocialApp(provider="openid_connect"))

    (address,) = provider.extract_email_addresses({"id_token": told})

    assert address.verified is is_verified
