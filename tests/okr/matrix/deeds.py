"""What every admin's address does, so that the audit log can be held to it: see test_deeds.py."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.okr.matrix.declaring import IN, SIGNED_IN, Declared

Args = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """Sent to its address by an OKR admin, it is logged as `action`; `about` answers what stands in
    the address, `fields` what is sent. Both are called with the stage of the test."""

    action: str
    fields: Callable[[Any], Args] = field(default=lambda _: {})
    about: Callable[[Any], Args] = field(default=lambda _: {})


def is_for_admins_alone(declared: Declared) -> bool:
    if "POST" not in declared.methods:
        return False
    let_in = {role for role in SIGNED_IN if declared.posting(role, False) == IN}
    return let_in == {"admin"}


def untold(
    declared: Mapping[str, Declared], deeds: Collection[str], changing_nothing: Collection[str]
) -> list[str]:
    """The admin's addresses of which nobody said what they do."""
    unsafe = {name for name, each in declared.items() if is_for_admins_alone(each)}
    return sorted(unsafe - set(deeds) - set(changing_nothing))
