"""Believes an ID token only where signature, issuer, audience, time and nonce are right."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Any

import jwt
from jwt import PyJWK, PyJWTError

from okr.company_sign_in.errors import ProviderError

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLAIMS = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY_SECONDS = 60
GOOGLE, ITS_OWN = "https://accounts.google.com", "@gmail.com"


def nonce_of(verifier: str) -> str:
    """Follows from the secret that this session keeps, so that one token serves one sign-in."""
    return urlsafe_b64encode(sha256(f"nonce {verifier}".encode()).digest()).decode().rstrip("=")


def prove(
    token: object, keys: Sequence[PyJWK], *, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """What the token claims. Raises ProviderError."""
    if not isinstance(token, str):
        raise ProviderError("sent no ID token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": CLAIMS},
        )
    except PyJWTError as error:
        raise ProviderError(f"sent an ID token that is not believed: {error}") from None
    if not compare_digest(str(claims.get("nonce", "")), nonce):
        raise ProviderError("sent the ID token of another sign-in")
    if claims.get("azp", client_id) != client_id:
        raise ProviderError("sent an ID token that was made for somebody else")
    return claims


def vouches_for_address(claims: Mapping[str, Any]) -> bool:
    """Anybody gets an account of Google for an address that they read once, as one beside their own
    (“ada+home@…”), and keeps it when they leave. Only `hd` tells one that the company gave out."""
    address = str(claims.get("email", "")).lower()
    return claims.get("iss") != GOOGLE or bool(claims.get("hd")) or address.endswith(ITS_OWN)


def _key(token: str, keys: Sequence[PyJWK]) -> PyJWK:
    """The one it names; a token without a name needs a provider with a single key."""
    name = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in keys if key.public_key_use != "enc"]
    fitting = [key for key in signing if name in (None, key.key_id)]
    if len(fitting) != 1:
        raise ProviderError("signed by a key that it does not publish")
    return fitting[0]
