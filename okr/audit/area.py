"""One kind of what admins do: its code, its label and the sentences of its deeds."""

from collections.abc import Mapping
from dataclasses import dataclass

from okr.audit.portraits import Noun


@dataclass(frozen=True, slots=True)
class Area:
    """`deeds` are sentences by code, to stand after a name: {label} is what it is about, {changes}
    the columns that changed."""

    code: str
    label: str
    deeds: Mapping[str, str]
    nouns: tuple[Noun, ...] = ()
