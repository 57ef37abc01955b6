"""Reads a table whatever program wrote it, or says in one sentence why it cannot."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from okr.exports import unguarded

LARGEST = 5_000_000  # bytes
MOST_ROWS = 20_000
LONGEST_CELL = 10_000
DELIMITERS = ",;\t|"
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
AS_CSV = "Save it as CSV (UTF-8) in your spreadsheet program, then upload that file."


class RowError(ValueError):
    """What is wrong with a row, at which column."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


class UnreadableError(ValueError):
    """Why a file cannot be read, in a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a shape; `also` are other headings that mean the same."""

    name: str
    explains: str
    example: str = ""
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file by its number there; `fault` is why its cells cannot be told apart."""

    number: int
    cells: dict[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[str]
    lines: list[Line]
    left_out: list[str] = field(default_factory=list)


def read(content: bytes, columns: Sequence[Column]) -> Table:
    """The rows with the columns of the shape. Raises UnreadableError."""
    if len(content) > LARGEST:
        raise UnreadableError(
            f"This file has {len(content) / 1_000_000:.1f} MB; at most {LARGEST // 1_000_000} MB"
            " can be read. Split it."
        )
    text = decoded(content)
    known = {
        _plain(name): column.name for column in columns for name in (column.name, *column.also)
    }
    rows = _rows(text, _delimiter(text, known))
    headings = next(rows, (1, []))[1]
    places = _places(headings, known, columns)
    lines = list(_lines(rows, places, len(headings)))
    if not lines:
        raise UnreadableError("There are no rows below the headings.")
    left_out = [heading for heading in headings if heading.strip() and _plain(heading) not in known]
    return Table([name for name in places.values() if name], lines, left_out)


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else the encoding of older Western programs."""
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableError(f"This is a spreadsheet, not a CSV file. {AS_CSV}")
    mark = next((mark for mark in MARKS if content.startswith(mark)), None)
    for encoding in [MARKS[mark]] if mark else ["utf-8", "cp1252", "latin-1"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise UnreadableError(f"This is not a CSV file. {AS_CSV}")


def _delimiter(text: str, known: dict[str, str]) -> str:
    """The one that makes most of the headings known."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if re.fullmatch(r"sep=.", first.strip(), re.IGNORECASE):
        return first.strip()[-1]

    def recognised(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(_plain(cell) in known for cell in cells)

    return max(DELIMITERS, key=recognised)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with their numbers as a spreadsheet counts them."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(
                f"Row {number} cannot be read: a cell is too long, or its quote is never closed."
            ) from error
        if number == 1 and len(cells) <= 2 and cells[:1] and cells[0].lower() in ("sep=", "sep"):
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _places(
    headings: list[str], known: dict[str, str], columns: Sequence[Column]
) -> dict[int, str]:
    """Which cell of a row holds which column."""
    places = {
        at: known[_plain(heading)]
        for at, heading in enumerate(headings)
        if _plain(heading) in known
    }
    for column in columns:
        count = list(places.values()).count(column.name)
        if count > 1:
            raise UnreadableError(f"The column '{column.name}' is there twice.")
        if column.required and not count:
            raise UnreadableError(f"This file has no '{column.name}' column.")
    return places


def _lines(
    rows: Iterator[tuple[int, list[str]]], places: dict[int, str], width: int
) -> Iterator[Line]:
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise UnreadableError(f"There are more than {MOST_ROWS:,} rows. Split the file.")
        found = {
            name: unguarded(cells[at].strip()) if at < len(cells) else ""
            for at, name in places.items()
        }
        yield Line(number, found, _fault(cells, width))


def _fault(cells: list[str], width: int) -> str:
    if any(cell.strip() for cell in cells[width:]):
        return f"This row has {len(cells)} cells, but there are {width} headings."
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"A cell has more than {LONGEST_CELL:,} characters."
    return ""


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-]+", "_", heading.strip(" \t\r\n\ufeff'\"").lower())
