"""A document as people see it before it is published: with the looks of the product itself."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from okr.documents.blocks import (
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
from okr.progress import shown
from okr.templatetags.look import bar, pill

ABOVE = 3
"""The level of the heading that the document stands under."""
LOWEST_HEADING = 6


def drawn(document: Document) -> SafeString:
    return _blocks(document.blocks)


def _blocks(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


def _block(block: Block) -> SafeString:
    match block:
        case Heading(level, line):
            depth = min(level + ABOVE, LOWEST_HEADING)
            return format_html("<h{}>{}</h{}>", depth, _line(line), depth)
        case Paragraph(line):
            return format_html("<p>{}</p>", _line(line))
        case Prose(text):
            return format_html('<p class="prose">{}</p>', text)
        case Table():
            return _table(block)
        case Rule():
            return SafeString("<hr>")
        case Fold(title, blocks):
            opened = '<details class="disclosure"><summary>{}</summary>{}</details>'
            return format_html(opened, title, _blocks(blocks))


def _line(line: Iterable[Inline]) -> SafeString:
    return format_html_join("", "{}", ((_inline(part),) for part in line))


def _inline(part: Inline) -> SafeString:
    match part:
        case Words(text, strong):
            return format_html("<strong>{}</strong>" if strong else "{}", text)
        case Link(text, url):
            return format_html('<a href="{}">{}</a>', url, text)
        case Bar(progress, tone):
            number = shown(progress)
            return format_html("{} <strong>{}</strong>", bar(progress, None, tone), number)
        case Judgement(word, tone):
            return pill(tone) if tone else format_html('<span class="source">{}</span>', word)


def _table(table: Table) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in table.head))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, table.head),) for row in table.rows))
    return format_html(
        '<div class="table-box"><table class="table to-cards">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        head,
        rows,
    )


def _row(row: tuple[tuple[Inline, ...], ...], head: tuple[str, ...]) -> SafeString:
    name, *others = row
    cells = ((label, _line(cell)) for label, cell in zip(head[1:], others, strict=True))
    return format_html(
        '<th scope="row">{}</th>{}',
        _line(name),
        format_html_join("", '<td data-label="{}"><div>{}</div></td>', cells),
    )
