"""Who is asking: Basic credentials, weighed as a Cloud site or its gateway weighs them."""

import base64
import binascii
from dataclasses import dataclass

from jira_sandbox.messages import Request
from jira_sandbox.model.nouns import Account, Token
from jira_sandbox.model.site import Site


@dataclass(frozen=True, slots=True)
class Caller:
    """`rejected` is true when credentials were offered and are worth nothing here."""

    token: Token | None = None
    rejected: bool = False

    @property
    def account(self) -> Account | None:
        return self.token.account if self.token else None

    @property
    def name(self) -> str:
        if self.token:
            return self.token.account.email
        return "rejected" if self.rejected else "anonymous"

    def holds(self, scope: str) -> bool:
        return self.token is not None and (not self.token.scoped or scope in self.token.scopes)


def identify(request: Request, site: Site) -> Caller:
    header = request.headers.get("authorization", "")
    if not header:
        return Caller()
    token = site.tokens.get(basic_pair(header))
    if (
        token is None
        or token.on_premise
        or request.expired
        or not site.people.is_active(token.account)
    ):
        return Caller(rejected=True)
    return Caller(token)


def basic_pair(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.casefold() != "basic":
        return "", ""
    try:
        email, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return email.casefold(), secret
