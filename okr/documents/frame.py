"""What stands around the chapters of every document: its days, its numbers, where it came from."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from okr.documents.blocks import Bar, Line, Link, Paragraph, Table, Words
from okr.documents.chapters import between
from okr.pages import words
from okr.pages.calendar import Calendar, long_date
from okr.pages.counts import Tally
from okr.pages.unit_review import Chapter
from okr.progress import suggest_confidence

LEFT_OUT = "{number} more objectives are not on this page."


def lead(calendar: Calendar, *told: str) -> Paragraph:
    cycle = calendar.cycle
    days = f"{long_date(cycle.starts_on)} to {long_date(cycle.ends_on)}"
    return Paragraph(
        (Words(between([days, *told])), Words(f" · {calendar.words}", passing=True)),
    )


def numbers(
    name: str, progress: Decimal | None, calendar: Calendar, tallies: Sequence[Tally]
) -> Table:
    """How far it has come against the calendar, and what was judged how."""
    judged = tallies[:3]
    tone = suggest_confidence(progress, calendar.expected)
    pace = words.against_pace(progress, calendar.expected)
    counted: Iterable[Line] = ((Words(f"{each.count} of {each.total}"),) for each in judged)
    head = ("", "Progress", *(str(each.label) for each in judged))
    return Table(
        head, (((Words(name),), (Bar(progress, tone), Words(f" {pace}", passing=True)), *counted),)
    )


def left_out(number: int) -> list[Paragraph]:
    return [said(LEFT_OUT.format(number=number))] if number else []


def said(sentence: str) -> Paragraph:
    return Paragraph((Words(sentence),))


def foot(link: Link, now: datetime, chapters: Iterable[Chapter]) -> Paragraph:
    """Leads back to the page in the product."""
    told = [f"as of {_moment(now)}"]
    moments = [row.read_at for each in chapters for row in each.rows if row.read_at]
    if moments:
        told.append(f"numbers read between {_moment(min(moments))} and {_moment(max(moments))}")
    before = Words(f"Published from {settings.PRODUCT_NAME}: ")
    return Paragraph((before, link, Words(f" · {between(told)}", passing=True)))


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}"
