"""Tries a provider step by step, up to the first that fails: what an admin sees of a test."""

from collections.abc import Callable
from dataclasses import dataclass

from okr.company_sign_in.discovery import Discovery, discover
from okr.company_sign_in.errors import ProviderError
from okr.models import SignInProvider
from okr.sealing import SealError


@dataclass(frozen=True, slots=True)
class Check:
    """`passed` is None where an earlier one failed."""

    step: str
    passed: bool | None = None
    note: str = ""


@dataclass(slots=True)
class Examination:
    """What one step finds, the next may need."""

    provider: SignInProvider
    found: Discovery | None = None

    def checks(self) -> list[Check]:
        done: list[Check] = []
        for step, attempt in self._steps():
            if done and not done[-1].passed:
                done.append(Check(step))
            else:
                done.append(_tried(step, attempt))
        return done

    def _steps(self) -> list[tuple[str, Callable[[], str]]]:
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


def _tried(step: str, attempt: Callable[[], str]) -> Check:
    try:
        return Check(step, passed=True, note=attempt())
    except (ProviderError, SealError) as error:
        return Check(step, passed=False, note=f"The provider {error}.")
