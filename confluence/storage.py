"""Writes a document in the storage format of Confluence: XML that both editions store and show.

Atlassian, "Confluence Storage Format": the elements of XHTML, and macros as `ac:structured-macro`.
Used are only the macros `status`, `expand` and `anchor`, which both editions have, and coloured
text: a bar is made of letters, so that it is drawn wherever a page is, on phones and on paper too.
"""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from okr.documents import (
    Bar,
    Block,
    Document,
    Fold,
    Heading,
    Inline,
    Judgement,
    Link,
    Paragraph,
    Prose,
    Rule,
    Table,
    Words,
)
from okr.progress import shown, whole

CELLS = 10
FULL, EMPTY = "█", "░"
COLOURS = {"on_track": "Green", "at_risk": "Yellow", "off_track": "Red"}
PAINT = {"on_track": "0,135,90", "at_risk": "204,112,0", "off_track": "191,38,0"}
PLAIN, TRACK = "66,82,110", "151,160,175"
LOWEST_HEADING = 6
NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, however it is escaped."""
PARAGRAPHS = re.compile(r"\n\s*\n")


def written(document: Document, mark: str) -> str:
    """The body of a page. The mark is shown to nobody; it tells our writing from another's."""
    return body_of(document) + f"<p>{_macro('anchor', **{'': mark})}</p>"


def body_of(document: Document) -> str:
    return _blocks(document.blocks)


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Heading(level, line):
            name = f"h{min(level + 1, LOWEST_HEADING)}"
            return f"<{name}>{_line(line)}</{name}>"
        case Paragraph(line):
            return f"<p>{_line(line)}</p>"
        case Prose(text):
            return _prose(text)
        case Table():
            return _table(block)
        case Rule():
            return "<hr />"
        case Fold(title, blocks):
            return _macro(
                "expand", f"<ac:rich-text-body>{_blocks(blocks)}</ac:rich-text-body>", title=title
            )


def _line(line: Iterable[Inline]) -> str:
    return "".join(map(_inline, line))


def _inline(part: Inline) -> str:
    match part:
        case Words(text, strong):
            return f"<strong>{_text(text)}</strong>" if strong else _text(text)
        case Link(text, url):
            return _link(text, url)
        case Bar(_, tone):
            return _bar(part, PAINT.get(tone, PLAIN))
        case Judgement(word, tone):
            return _macro("status", title=word, colour=COLOURS.get(tone, "Grey"))


def _bar(bar: Bar, paint: str) -> str:
    """Full only where all is done, and never empty where something is."""
    percent = whole(bar.progress) if bar.progress is not None else 0
    filled = max(percent * CELLS // 100, 1 if percent else 0)
    drawn = _painted(FULL * filled, paint) + _painted(EMPTY * (CELLS - filled), TRACK)
    return f"{drawn} <strong>{shown(bar.progress)}</strong>"


def _painted(text: str, paint: str) -> str:
    return f'<span style="color: rgb({paint});">{text}</span>' if text else ""


def _table(table: Table) -> str:
    head = "".join(f"<th><p>{_text(name)}</p></th>" for name in table.head)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in table.rows)
    return f"<table><tbody><tr>{head}</tr>{rows}</tbody></table>"


def _row(row: tuple[tuple[Inline, ...], ...]) -> str:
    name, *others = row
    cells = "".join(f"<td><p>{_line(cell)}</p></td>" for cell in others)
    return f"<th><p>{_line(name)}</p></th>{cells}"


def _prose(text: str) -> str:
    parts = [part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n"))]
    return "".join(f"<p>{_broken(part)}</p>" for part in parts if part)


def _broken(text: str) -> str:
    return "<br />".join(_text(line.strip()) for line in text.split("\n"))


def _link(text: str, url: str) -> str:
    if urlsplit(url).scheme not in ("https", "http"):
        return _text(text)
    return f'<a href="{_text(url)}">{_text(text)}</a>'


def _macro(macro: str, body: str = "", **parameters: str) -> str:
    told = "".join(
        f'<ac:parameter ac:name="{name}">{_text(value)}</ac:parameter>'
        for name, value in parameters.items()
    )
    return f'<ac:structured-macro ac:name="{macro}">{told}{body}</ac:structured-macro>'


def _text(text: str) -> str:
    return escape(NO_XML.sub("", text))
