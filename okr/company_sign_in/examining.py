"""Tries a provider step by step, up to the first that fails: what an admin sees of a test."""

from collections.abc import Callable
from dataclasses import dataclass

from okr.company_sign_in.discovery import Discovery, discover
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.saml.certificates import valid_until
from okr.company_sign_in.saml.reading import read_now
from okr.company_sign_in.saml.shapes import House
from okr.models import SignInProvider
from okr.models.sign_in_provider import SignInKind
from okr.sealing import SealError

Step = tuple[str, Callable[[], str]]
SIGNED_REQUESTS = (
    "It says that it wants signed requests, and ours are not signed. Switch that off there."
)
SHOWS_LATER = "Whether it sends what is needed shows when somebody signs in."


@dataclass(frozen=True, slots=True)
class Check:
    """`passed` is None where an earlier one failed."""

    step: str
    passed: bool | None = None
    note: str = ""


def examined(provider: SignInProvider) -> list[Check]:
    kinds = {SignInKind.OPENID: OpenIDExamination, SignInKind.SAML: SAMLExamination}
    done: list[Check] = []
    for step, attempt in kinds[SignInKind(provider.kind)](provider).steps():
        is_tried = not done or done[-1].passed
        done.append(_tried(step, attempt) if is_tried else Check(step))
    return done


@dataclass(slots=True)
class OpenIDExamination:
    """What one step finds, the next may need."""

    provider: SignInProvider
    found: Discovery | None = None

    def steps(self) -> list[Step]:
        return [
            ("The provider answers and tells its addresses", self._discovered),
            ("Its keys can be read", self._keys),
            ("A client ID and a secret are saved", self._secret),
        ]

    def _discovered(self) -> str:
        self.found = discover(self.provider.issuer)
        return f"People are sent to {self.found.address('authorization_endpoint')}"

    def _keys(self) -> str:
        number = len(self.found.keys) if self.found else 0
        return f"{number} {'key' if number == 1 else 'keys'}"

    def _secret(self) -> str:
        if not (self.provider.client_id and self.provider.secret):
            raise ProviderError("has no client ID or no secret here yet")
        return "Whether the provider takes them shows when somebody signs in."


@dataclass(slots=True)
class SAMLExamination:
    provider: SignInProvider
    found: House | None = None

    def steps(self) -> list[Step]:
        return [
            ("Its metadata can be read", self._read),
            ("Its certificates can be read", self._certificates),
            ("People can be sent there", self._sent),
        ]

    def _read(self) -> str:
        self.found = read_now(self.provider)
        return f"It calls itself {self.found.entity_id}"

    def _certificates(self) -> str:
        told = self.found.certificates if self.found else ()
        return "; ".join(f"Valid until {valid_until(each):%-d %B %Y}" for each in told)

    def _sent(self) -> str:
        there, wants = (self.found.sends_to, self.found.wants_signed) if self.found else ("", False)
        return f"People are sent to {there}. {SIGNED_REQUESTS if wants else SHOWS_LATER}"


def _tried(step: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(step, passed=True, note=attempt())
    except (ProviderError, SealError) as error:
        return Check(step, passed=False, note=f"The provider {error}.")
