"""Keeps the token out of everything that is printed, logged or raised."""

import base64
import re
from enum import StrEnum

from requests import PreparedRequest

MASK = "•••"
SHORTEST_SECRET = 8
AUTHORIZATION = re.compile(r"(?i)\b(basic|bearer)\s+[\w+/=.~-]+")


class Token:
    """An API token that shows itself only when asked by name."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        return self._secret

    def __repr__(self) -> str:
        return f"Token({MASK})"

    def __str__(self) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._secret)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and other._secret == self._secret

    def __hash__(self) -> int:
        return hash(self._secret)

    def __reduce__(self) -> str:
        raise TypeError("A token is not written anywhere unsealed.")


class Kind(StrEnum):
    """What the secret is, which decides how a request is signed and what a refusal means."""

    API_TOKEN = "api_token"  # noqa: S105  the name of a kind
    PASSWORD = "password"  # noqa: S105
    ACCESS_TOKEN = "access_token"  # noqa: S105
    ORGANIZATION_KEY = "organization_key"


BEARERS = (Kind.ACCESS_TOKEN, Kind.ORGANIZATION_KEY)
"""They name their owner themselves, so that no e-mail address stands beside them."""


class Credentials:
    """Who asks, and the proof of it. On Data Center `email` may hold a user name."""

    __slots__ = ("_token", "email", "kind")

    def __init__(self, email: str, token: str | Token, kind: Kind = Kind.API_TOKEN) -> None:
        self.email = email
        self.kind = kind
        self._token = token if isinstance(token, Token) else Token(token)

    def __repr__(self) -> str:
        return f"Credentials({self.email!r}, {self._token!r})"

    def sign(self, request: PreparedRequest) -> PreparedRequest:
        bearer = self.kind in BEARERS
        proof = f"Bearer {self._token.reveal()}" if bearer else f"Basic {self._pair()}"
        request.headers["Authorization"] = proof
        return request

    def redact(self, text: str) -> str:
        """The text without the token, plain or as it travels."""
        for secret in self._secrets():
            text = text.replace(secret, MASK)
        return AUTHORIZATION.sub(rf"\1 {MASK}", text)

    def scrub(self, body: bytes) -> bytes:
        """The bytes of an answer without the token, which a hostile server may send back."""
        for secret in self._secrets():
            body = body.replace(secret.encode(), MASK.encode())
        return body

    def _secrets(self) -> list[str]:
        """What to look for; a typing slip of a few letters would be found in every answer."""
        secrets = self._pair(), self._token.reveal()
        return [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]

    def _pair(self) -> str:
        return base64.b64encode(f"{self.email}:{self._token.reveal()}".encode()).decode()
