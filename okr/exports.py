"""What a list shows, as a file: CSV or a spreadsheet, from the first row to the last.

Any list offers both with the fragment okr/_export.html, and its view answers them first:

    if exports.is_wanted(request):
        return exports.download(request, Sheet("people", COLUMNS, rows))

`rows` may be endless: they are written one by one and never held together.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from okr.acting import who_acts
from okr.audit import noted

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAMED = {CSV: "CSV", XLSX: "a spreadsheet"}
BOM = "\ufeff"  # without it Excel takes the file for an older encoding
STARTS_A_FORMULA = tuple("=+-@\t\r\n")
SKIPPED = re.compile(r"^[\s'\"\u2018\u2019\u201c\u201d`\u200b\u2060\ufeff]*")
MOST_CHARACTERS = 32_767  # of an Excel cell; the library would leave a longer text out
PLAIN_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take away; `name` becomes the file's, together with the day.

    A list that an OKR admin takes away is logged by its name; the story of one thing is none.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    is_list: bool = True


def is_wanted(request: HttpRequest) -> bool:
    return request.GET.get("format") in TYPES


def download(request: HttpRequest, sheet: Sheet) -> HttpResponseBase:
    """The file in the format that the address names."""
    wanted = request.GET["format"]
    return taken(sheet, wanted) if request.method == "GET" else file_of(sheet, wanted)


def taken(sheet: Sheet, wanted: str) -> HttpResponseBase:
    """The file, and in the audit log that an OKR admin took it away."""
    if sheet.is_list and who_acts().is_okr_admin:
        with noted("exports.taken", label=sheet.name, always=True) as note:
            note.say(format=NAMED[wanted])
    return file_of(sheet, wanted)


def download_csv(sheet: Sheet) -> HttpResponseBase:
    return file_of(sheet, CSV)


def file_of(sheet: Sheet, wanted: str) -> HttpResponseBase:
    answer = _spreadsheet(sheet) if wanted == XLSX else StreamingHttpResponse(lines(sheet))
    name = f"{slugify(sheet.name)}-{timezone.localdate():%Y-%m-%d}.{wanted}"
    answer["Content-Type"] = TYPES[wanted]
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = "private, no-store"
    return answer


def lines(sheet: Sheet) -> Iterator[str]:
    """The sheet as CSV, line by line."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(sheet.columns)
    for row in sheet.rows:
        yield writer.writerow([as_text(cell) for cell in row])


def as_text(cell: Cell) -> str:
    """A cell of a CSV file: ISO dates, plain numbers, and text that no spreadsheet computes."""
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime():
            return timezone.localtime(cell).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case Decimal():
            return _plain(cell)
        case _:
            return str(cell)


def guarded(text: str) -> str:
    """An apostrophe before what a spreadsheet could take for a formula."""
    return f"'{text}" if could_compute(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given: for reading our own files back."""
    rest = text[1:]
    return rest if text.startswith("'") and could_compute(rest) else text


def could_compute(text: str) -> bool:
    """Whether a formula begins here, at once or after spaces and quotes; wide signs count too."""
    if text.startswith(STARTS_A_FORMULA):
        return True
    begin = unicodedata.normalize("NFKC", SKIPPED.sub("", text)[:1])
    return begin.startswith(STARTS_A_FORMULA)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _spreadsheet(sheet: Sheet) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    _fill(file, sheet)
    file.seek(0)
    return FileResponse(file)


def _fill(file: IO[bytes], sheet: Sheet) -> None:
    from xlsxwriter import Workbook  # few requests need it, and every start would wait for it

    with Workbook(file, {**PLAIN_TEXT, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet.columns), 18)
        page.write_row(0, 0, sheet.columns, book.add_format({"bold": True}))
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, moment)


def _write(page: "Worksheet", row: int, column: int, cell: Cell, moment: Any) -> None:
    """Text always as text; a number or a date as what it is."""
    match cell:
        case None | "":
            return
        case str():
            page.write_string(row, column, cell[:MOST_CHARACTERS])
        case datetime():
            page.write_datetime(row, column, timezone.localtime(cell), moment)
        case date():
            page.write_datetime(row, column, cell)
        case _:
            page.write_number(row, column, cell)


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line
