"""What one product of Atlassian answers in a way of its own."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from .answers import Asked, Head
from .errors import AtlassianError, StrangeServer

Refused = Callable[[Head, Asked, list[str]], AtlassianError | None]


def nothing_of_its_own(_head: Head, _asked: Asked, _messages: list[str]) -> None:
    """Where a refusal means the same as in every product."""


@dataclass(frozen=True, slots=True)
class Dialect:
    agent: str
    """As what we introduce ourselves."""
    stranger: type[StrangeServer] = StrangeServer
    """What it is called where something else answers."""
    endpoint_limits: Collection[str] = ()
    """The reasons of a rate limit that holds for one endpoint, not for the whole connection."""
    names_everywhere: bool = True
    """Whether each answer says in a header for whom it is; where not, only another name is odd."""
    refused: Refused = nothing_of_its_own
    """Reads a 4xx first, with its messages; None where it means what it means everywhere."""
