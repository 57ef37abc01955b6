"""Who is asking a Data Center: a user name with a password, or a personal access token."""

from collections import Counter
from dataclasses import dataclass, field

from jira_sandbox.credentials import Caller, basic_pair
from jira_sandbox.messages import Request, Response, json_response
from jira_sandbox.model.nouns import ACCESS_TOKEN, PASSWORD, Token
from jira_sandbox.model.site import Site

MOST_FAILURES = 3
BASIC_OFF = "Basic Authentication has been disabled on this instance."


class DeniedError(Exception):
    """The caller does not come in; carries the answer."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.response: Response = json_response({"message": message}, status)
        self.response.caller = "rejected"
        self.response.headers |= {name.replace("_", "-"): text for name, text in headers.items()}


@dataclass
class Doors:
    site: Site
    basic: bool
    access_tokens: bool
    failures: Counter[str] = field(default_factory=Counter)

    def admit(self, request: Request, login_page: str) -> Caller:
        """Without credentials one comes in as nobody, and so with a scheme that is not known."""
        header = request.headers.get("authorization", "")
        scheme, _, rest = header.partition(" ")
        if request.expired:
            return Caller(rejected=bool(header))
        if scheme.casefold() == "bearer" and self.access_tokens:
            return self._by_access_token(rest.strip())
        if scheme.casefold() == "basic":
            return self._by_password(*basic_pair(header), login_page)
        return Caller()

    def forgive(self) -> None:
        """As if each had signed in in a browser and solved the CAPTCHA."""
        self.failures.clear()

    def _by_access_token(self, secret: str) -> Caller:
        for token in self._tokens(ACCESS_TOKEN):
            if token.secret == secret:
                return Caller(token)
        raise DeniedError(401, "This token is not valid.", **_failed())

    def _by_password(self, name: str, secret: str, login_page: str) -> Caller:
        if not self.basic:
            raise DeniedError(403, BASIC_OFF)
        if self.failures[name] >= MOST_FAILURES:
            raise DeniedError(403, "A CAPTCHA is needed.", **_captcha(login_page))
        for token in self._tokens(PASSWORD):
            if (token.account.name, token.secret) == (name, secret):
                self.failures.pop(name, None)
                return Caller(token)
        self.failures[name] += 1
        raise DeniedError(401, "The name or the password is wrong.", **_failed())

    def _tokens(self, kind: str) -> list[Token]:
        people, tokens = self.site.people, self.site.tokens.values()
        return [each for each in tokens if kind in each.scopes and people.is_active(each.account)]


def _failed() -> dict[str, str]:
    return {"X_Seraph_LoginReason": "AUTHENTICATED_FAILED"}


def _captcha(login_page: str) -> dict[str, str]:
    reason = f"CAPTCHA_CHALLENGE; login-url={login_page}"
    return {
        "X_Authentication_Denied_Reason": reason,
        "X_Seraph_LoginReason": "AUTHENTICATION_DENIED",
    }
