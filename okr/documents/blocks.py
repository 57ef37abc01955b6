"""What a document consists of. Nothing here knows OKRs, nor how anything will look."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Words:
    """`passing` is what becomes another with time alone, without anybody having done anything."""

    text: str
    strong: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How far something has come, in percent; None where nothing was measured. `tone` is on_track,
    at_risk, off_track, or empty where nobody has judged."""

    progress: Decimal | None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A word that stands out in the colour of its tone."""

    word: str
    tone: str = ""


Inline = Words | Link | Bar | Judgement
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1 for what stands directly below the document's title."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Prose:
    """What a person wrote, as they broke its lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of each row names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A part that is closed until somebody opens it."""

    title: str
    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | Prose | Table | Rule | Fold


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: tuple[Block, ...]
