"""What an integration adds to each key result of a file: a field of its own.

It fills the socket `as_code.parts` with a list of these. A value is the integration's own; two of
them are equal where they mean the same.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from okr import slots
from okr.as_code.document import Row
from okr.as_code.fields import Field, WrongError
from okr.as_code.reading import NOWHERE, Fault, Node, longer
from okr.models import KeyResult, Person


class Part(Protocol):
    """`name` is that of the field."""

    name: str

    def told(self, key_results: Sequence[KeyResult], person: Person) -> Mapping[int, Any]:
        """The values of those that have one, as this person may see them."""
        ...

    def take(self, node: Node) -> Any:
        """What a file says. Raises WrongError."""
        ...

    def dumped(self, value: Any) -> Any:
        """In maps, lists and texts, as the file has it."""
        ...

    def listed(self, value: Any) -> Sequence[str]:
        """In words, one thing each, so that what comes and what goes can be told."""
        ...

    def ask(self, value: Any, key_result: KeyResult | None, person: Person) -> Any:
        """What has to be known from elsewhere before it can be kept; outside of the transaction.

        Without a key result where that is still to be added. Raises WrongError.
        """
        ...

    def keep(
        self, key_result: KeyResult, value: Any, asked: Any, *, by: Person, at: datetime
    ) -> None:
        """Makes it so. Raises WrongError, or PermissionDenied."""
        ...


def parts() -> list[Part]:
    return [each for found in slots.ask("as_code.parts") for each in found]


def fields_of(parts: Sequence[Part]) -> dict[str, Field]:
    return {part.name: Field(part.name, part.take) for part in parts}


def wrong_part(part: Part, row: Row, wrong: WrongError) -> Fault:
    """At the place within the part, where that is known."""
    fault = row.fault(part.name, wrong.message)
    place = fault.place if wrong.place == NOWHERE else wrong.place
    return Fault(place, longer(fault.way, wrong.inside), wrong.message)
