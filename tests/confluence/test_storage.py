"""What is written for Confluence: well-formed, escaped, and drawn with what both editions have."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from confluence.storage import written
from okr.documents import (
    Bar,
    Document,
    Fold,
    Heading,
    Judgement,
    Link,
    Paragraph,
    Prose,
    Rule,
    Table,
    Words,
)

SPACES = 'xmlns:ac="urn:ac" xmlns:ri="urn:ri"'
AC = "{urn:ac}"


def storage(*blocks) -> str:
    return written(Document("Title", blocks), "plumbline-1")


def read(*blocks) -> ET.Element:
    return ET.fromstring(f"<body {SPACES}>{storage(*blocks)}</body>")  # noqa: S314


def line(*parts) -> str:
    text = storage(Paragraph(parts))
    return text[: text.index('<p><ac:structured-macro ac:name="anchor"')]


def test_headings_stand_below_the_title_of_the_page():
    body = read(Heading(1, (Words("One"),)), Heading(2, (Words("Two"),)), Heading(9, (Words("x"),)))

    assert [each.tag for each in body][:3] == ["h2", "h3", "h6"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        ']]> & <ac:structured-macro ac:name="html">',
        '" onclick="go()',
        "bell \x07, null \x00, half a pair \ud800, none \ufffe",
        "{macro} [link|https://elsewhere.example]",
    ],
)
def test_what_people_wrote_stays_text(text):
    body = read(
        Heading(1, (Words(text),)),
        Paragraph((Words(text, strong=True), Judgement(text), Link(text, "https://ours.example"))),
        Prose(text),
        Table((text,), (((Words(text),), (Words(text),)),)),
        Fold(text, (Prose(text),)),
    )

    known = {"body", "h2", "p", "strong", "a", "table", "tbody", "tr", "th", "td"}
    macros = {f"{AC}structured-macro", f"{AC}parameter", f"{AC}rich-text-body"}
    assert {each.tag for each in body.iter()} <= known | macros
    assert {each.get(f"{AC}name") for each in body.iter(f"{AC}structured-macro")} == {
        "status",
        "expand",
        "anchor",
    }


def test_a_line_that_somebody_broke_stays_broken():
    assert "<p>one<br />two</p><p>three</p>" in storage(Prose("one\r\ntwo\n\n \nthree\n"))


def test_only_web_addresses_become_links():
    assert line(Link("here", "javascript:alert(1)")) == "<p>here</p>"
    assert line(Link("here", "https://a.example/?b=1&c=2")) == (
        '<p><a href="https://a.example/?b=1&amp;c=2">here</a></p>'
    )


@pytest.mark.parametrize(
    ("progress", "cells", "number"),
    [
        (None, 0, "–"),
        (Decimal(0), 0, "0%"),
        (Decimal("0.2"), 1, "1%"),
        (Decimal(52), 5, "52%"),
        (Decimal("99.9"), 9, "99%"),
        (Decimal(100), 10, "100%"),
    ],
)
def test_a_bar_is_drawn_in_letters_with_its_number(progress, cells, number):
    drawn = line(Bar(progress, "on_track"))

    assert drawn.count("█") == cells
    assert drawn.count("░") == 10 - cells
    assert f"<strong>{number}</strong>" in drawn


@pytest.mark.parametrize(
    ("tone", "colour"),
    [("on_track", "Green"), ("at_risk", "Yellow"), ("off_track", "Red"), ("", "Grey")],
)
def test_a_judgement_is_a_status_in_its_colour(tone, colour):
    (status,) = read(Paragraph((Judgement("Word", tone),)))[0]

    assert status.get(f"{AC}name") == "status"
    told = {each.get(f"{AC}name"): each.text for each in status}
    assert told == {"title": "Word", "colour": colour}


def test_a_table_names_its_columns_and_its_rows():
    table = read(Table(("A", "B"), (((Words("row"),), (Words("1"),)),)))[0]

    head, row = table[0]
    assert ["".join(cell.itertext()) for cell in head] == ["A", "B"]
    assert [cell.tag for cell in row] == ["th", "td"]


def test_a_fold_holds_its_parts_until_somebody_opens_it():
    fold = read(Fold("3 notes", (Prose("said"), Rule())))[0]

    assert fold.get(f"{AC}name") == "expand"
    assert [each.tag for each in fold[1]] == ["p", "hr"]


def test_the_mark_is_shown_to_nobody():
    anchor = read()[-1][0]

    assert anchor.get(f"{AC}name") == "anchor"
    assert "".join(anchor.itertext()) == "plumbline-1"
