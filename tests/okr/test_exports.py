"""Files of a list: whole, plain, and never a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as some

from okr import exports
from okr.exports import Sheet

WILD = some.text(
    alphabet=some.one_of(some.sampled_from("=+-@\t\r\n '\"＝＋a1("), some.characters(codec="utf-8"))
)


def asked_for(form: str) -> HttpRequest:
    request = RequestFactory().get("/", {"format": form})
    request.user = AnonymousUser()
    return request


def taken(form: str, *rows, columns=("a",)) -> bytes:
    answer = exports.download(asked_for(form), Sheet("Some people", columns, rows))
    return b"".join(answer)


def from_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def from_xlsx(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


@settings(deadline=None)
@given(WILD)
def test_no_text_of_a_csv_file_begins_a_formula(text):
    [_, [cell, _]] = from_csv(taken("csv", (text, "end"), columns=("a", "b")))
    assert cell.lstrip(" '\"")[:1] not in tuple("=+-@\t\r") or cell.startswith("'")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert exports.unguarded(cell) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", '"=1', "' =1", "＝1", "\u200b=1"],
)
def test_a_formula_in_any_disguise_is_guarded(text):
    assert exports.guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Plain words", "1 = 1", "a-b", "50 % more", "–"])
def test_ordinary_words_stay_as_they_are(text):
    assert exports.guarded(text) == text


def test_numbers_and_dates_are_plain_in_a_csv_file():
    at = datetime(2026, 11, 3, 9, 40, tzinfo=UTC)
    row = (Decimal("-1250.500000"), 7, date(2026, 11, 3), at, None, Decimal(100))
    [_, cells] = from_csv(taken("csv", row))
    assert cells == ["-1250.5", "7", "2026-11-03", "2026-11-03T09:40:00+00:00", "", "100"]


def test_a_spreadsheet_holds_numbers_as_numbers_and_every_text_as_text():
    at = datetime(2026, 11, 3, 9, 40, tzinfo=UTC)
    row = ("=1+1", Decimal("61.5385"), date(2026, 11, 3), at, "https://x.example", "007", None)
    page = from_xlsx(taken("xlsx", row, columns=tuple("abcdefg")))
    cells = page[2]
    assert [cell.data_type for cell in cells] == ["s", "n", "d", "d", "s", "s", "n"]
    assert cells[0].value == "=1+1"
    assert cells[1].value == 61.5385
    assert cells[2].value.date() == date(2026, 11, 3)
    assert cells[3].value == datetime(2026, 11, 3, 9, 40)  # noqa: DTZ001  a sheet knows no zone
    assert cells[5].value == "007"


@settings(deadline=None)
@given(some.lists(WILD, min_size=1, max_size=5))
def test_whatever_is_written_a_spreadsheet_computes_nothing(texts):
    page = from_xlsx(taken("xlsx", texts, columns=("a",) * len(texts)))
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_a_text_longer_than_a_cell_is_cut_not_lost():
    page = from_xlsx(taken("xlsx", ("x" * 40_000,)))
    assert len(page["A2"].value) == 32_767


def test_the_file_is_named_for_its_list_and_the_day():
    request = asked_for("csv")
    answer = exports.download(request, Sheet("My OKRs, Autumn 2026", ("a",), []))
    assert answer["Content-Disposition"].startswith('attachment; filename="my-okrs-autumn-2026-2')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", [{}, {"format": "pdf"}, {"format": ""}])
def test_an_unknown_format_is_just_the_page(query):
    assert not exports.is_wanted(RequestFactory().get("/", query))


def test_rows_are_written_as_they_come():
    def endless():
        while True:
            yield ("row",)

    begun = exports.lines(Sheet("x", ("a",), endless()))
    assert [next(begun) for _ in range(3)] == ["\ufeffa\r\n", "row\r\n", "row\r\n"]
