"""A table is read whatever program wrote it; what is none is refused with a sentence."""

import pytest

from okr.imports.reading import LARGEST, MOST_ROWS, Column, UnreadableError, read

COLUMNS = (
    Column("email", "", required=True, also=("e-mail",)),
    Column("name", ""),
)


def cells(content):
    return [line.cells for line in read(content, COLUMNS).lines]


@pytest.mark.parametrize(
    "content",
    [
        "email,name\nzoë@x.example,Zoë\n".encode(),
        "email,name\nzoë@x.example,Zoë\n".encode("utf-8-sig"),
        "email,name\nzoë@x.example,Zoë\n".encode("utf-16"),
        "email;name\r\nzoë@x.example;Zoë\r\n".encode("cp1252"),
        "email\tname\nzoë@x.example\tZoë".encode("latin-1"),
        "sep=;\nemail;name\nzoë@x.example;Zoë\n".encode(),
        'E-Mail , " Name "\n"zoë@x.example","Zoë"\n'.encode(),
        "name|email|phone\nZoë|zoë@x.example|1\n".encode(),
    ],
)
def test_encodings_delimiters_and_headings_of_all_programs_are_read(content):
    assert cells(content) == [{"email": "zoë@x.example", "name": "Zoë"}]


def test_rows_are_numbered_as_a_spreadsheet_counts_them():
    content = b'email,name\n\na@x.example,"two\nlines"\n,\nb@x.example,B\n'
    lines = read(content, COLUMNS).lines
    assert [(line.number, line.cells["email"]) for line in lines] == [
        (3, "a@x.example"),
        (5, "b@x.example"),
    ]


def test_short_rows_are_filled_and_long_ones_are_faulty():
    lines = read(b"email,name\na@x.example\nb@x.example,B,,\nc@x.example,C,D\n", COLUMNS).lines
    assert lines[0].cells == {"email": "a@x.example", "name": ""}
    assert not lines[1].fault
    assert lines[2].fault == "This row has 3 cells, but there are 2 headings."


def test_columns_that_are_not_read_are_named():
    assert read(b"email,phone\na@x.example,1\n", COLUMNS).left_out == ["phone"]


def test_the_apostrophe_of_our_own_files_is_taken_off():
    assert cells(b"email,name\na@x.example,'=1+1\n")[0]["name"] == "=1+1"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name\nAda\n", "This file has no 'email' column."),
        (b"", "This file has no 'email' column."),
        (b"email,name\n", "There are no rows below the headings."),
        (b"email,name\n,\n", "There are no rows below the headings."),
        (b"email,E-Mail\na@x.example,b\n", "The column 'email' is there twice."),
        (b"PK\x03\x04rest", "This is a spreadsheet, not a CSV file."),
        (b"\x00\x01\x02binary", "This is not a CSV file."),
        (b"email,name\n" + b"x" * (LARGEST + 1), "at most 5 MB can be read"),
        (b'email,name\na@x.example,"' + b"x" * 140_000, "Row 2 cannot be read"),
        (b"email\n" + b"a\n" * (MOST_ROWS + 1), "There are more than 20,000 rows."),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content, sentence):
    with pytest.raises(UnreadableError, match=sentence):
        read(content, COLUMNS)
