"""The way of a file: taken in and checked, confirmed once, and what was not taken given back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from okr.audit import noted
from okr.imports.reading import MOST_ROWS, Line, Table, read
from okr.imports.shape import Fate, Finding, Shape
from okr.models import Person, Upload
from okr.pages.counting import counted

CHANGED_SINCE = "Something changed since this file was checked. Look at it again, then confirm."
NOT_READ = "Not read:"


def take_in(shape: Shape, name: str, content: bytes, by: Person, at: datetime) -> Upload:
    """Reads and checks; nothing but the upload itself is written. Raises UnreadableError."""
    return _checked(shape, name, read(content, shape.columns), by, at)


def take_rows(
    shape: Shape, name: str, rows: Iterable[dict[str, str]], by: Person, at: datetime
) -> Upload:
    """As `take_in`, of what is known here already; each row has every column of the shape."""
    lines = [Line(number, cells) for number, cells in enumerate(islice(rows, MOST_ROWS), start=1)]
    return _checked(shape, name, Table([each.name for each in shape.columns], lines), by, at)


def _checked(shape: Shape, name: str, table: Table, by: Person, at: datetime) -> Upload:
    finding = shape.check(table.lines, by)
    return Upload.objects.create(
        shape=shape.slug,
        by=by,
        file_name=name[:200],
        made_at=at,
        columns=table.columns,
        lines=[[line.number, line.cells, line.fault] for line in table.lines],
        verdicts=finding.stored,
        also=[*finding.also, *_left_out(table.left_out)],
    )


def confirm(shape: Shape, upload: Upload, by: Person, at: datetime) -> bool:
    """Writes exactly what was checked; False where the check finds something else by now.

    A second confirmation of the same upload changes nothing.
    """
    with transaction.atomic():
        waiting = Upload.objects.select_for_update().get(pk=upload.pk)
        if waiting.done_at:
            return True
        shape.hold()
        finding = shape.check(lines_of(waiting), by)
        if finding.stored != waiting.verdicts:
            unread = [sentence for sentence in waiting.also if sentence.startswith(NOT_READ)]
            waiting.record(finding.stored, [*finding.also, *unread])
            return False
        _write(shape, finding, by, at)
        waiting.finish(at, _rejected(waiting, finding))
        return True


def _write(shape: Shape, finding: Finding, by: Person, at: datetime) -> None:
    """Of an admin's import is logged how many rows it was; not what stood in them."""
    if not by.is_okr_admin:
        return shape.write(finding, by, at)
    with noted("imports.confirmed", label=shape.title, always=True) as note:
        shape.write(finding, by, at)
        note.say(rows=counted(len(finding.plans), "row"))
    return None


def rejected_rows(upload: Upload) -> Iterator[list[str | int]]:
    """The cells as they were, the row's number and the reason."""
    refused = {each[0]: each for each in upload.verdicts if each[1] == Fate.PROBLEM}
    for number, cells, _ in upload.lines:
        if number in refused:
            _, _, _, column, _, reason, _ = refused[number]
            said = f"{column}: {reason}" if column else reason
            yield [*(cells.get(name, "") for name in upload.columns), number, said]


def lines_of(upload: Upload) -> list[Line]:
    return [Line(*line) for line in upload.lines]


def _rejected(upload: Upload, finding: Finding) -> list[object]:
    refused = {each.number for each in finding.verdicts if each.fate == Fate.PROBLEM}
    return [line for line in upload.lines if line[0] in refused]


def _left_out(headings: list[str]) -> list[str]:
    quoted = ", ".join(f"'{heading.strip()[:60]}'" for heading in headings[:10])
    return [f"{NOT_READ} {quoted}."] if quoted else []
