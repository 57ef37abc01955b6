"""Whether a document tells anything else than it did: of what was published, this much is kept."""

from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from okr.documents.blocks import Bar, Document, Words
from okr.progress import shown


def fingerprint(document: Document) -> str:
    """The same as long as nobody did anything, however much time has passed."""
    return sha256(repr(_lasting(document.blocks)).encode()).hexdigest()


def _lasting(part: Any) -> Any:
    match part:
        case Words(passing=True):
            return None
        case Bar(progress):
            return shown(progress)
        case tuple():
            return tuple(map(_lasting, part))
    if is_dataclass(part):
        told = (_lasting(getattr(part, each.name)) for each in fields(part))
        return (type(part).__name__, *told)
    return part
