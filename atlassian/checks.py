"""The checks of one attempt to connect, in their order: each passes, fails, or is not reached.

Whatever is connected is found first, then proven by its certificate, then known for what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from atlassian.client import (
    AddressRefused,
    AtlassianError,
    BadAddress,
    PlainHttp,
    ServerNotFound,
    SiteAddress,
    TimedOut,
    TlsFailure,
)
from okr.outgoing import Patience

PATIENCE = Patience(connect=10.0, total=10.0)
"""A person is waiting."""
FOUND_NOTE = "It is at {url}."
PLAIN_NOTE = "Not encrypted: the operator of this application allows this address."


class State(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Check:
    step: str
    state: State
    error: AtlassianError | None = None
    note: str = ""


class Checked:
    """What an examination stands on: a dataclass with these, and what is of its product."""

    steps: ClassVar[Sequence[str]]
    """The first three are: found, secure, what it ought to be."""
    checks: list[Check]
    site: SiteAddress
    guessed: bool
    """Whether it was found at another place of the host than what was typed says."""

    @property
    def failure(self) -> AtlassianError | None:
        return next((check.error for check in self.checks if check.error), None)

    def has_passed(self, step: str) -> bool:
        return any(each.step == step and each.state == State.PASSED for each in self.checks)

    def passed(self, *steps: str) -> None:
        self.checks += [Check(step, State.PASSED, note=self._note(step)) for step in steps]

    def failed(self, error: AtlassianError) -> None:
        """Ends at the check that the error belongs to; those before it have passed."""
        waiting = self.steps[len(self.checks) :]
        place = 0 if self.checks else _place_of(error)
        self.passed(*waiting[:place])
        self.checks.append(Check(waiting[place], State.FAILED, error))
        self.checks += [Check(step, State.NOT_REACHED) for step in waiting[place + 1 :]]

    def _note(self, step: str) -> str:
        found, secure = self.steps[:2]
        if step == found and self.guessed:
            return FOUND_NOTE.format(url=self.site.url)
        return PLAIN_NOTE if step == secure and self.site.scheme == "http" else ""


def _place_of(error: AtlassianError) -> int:
    """Which of the first three it belongs to."""
    if isinstance(error, BadAddress | AddressRefused | ServerNotFound):
        return 0
    if isinstance(error, TimedOut) and not error.connected:
        return 0
    return 1 if isinstance(error, PlainHttp | TlsFailure) else 2


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
