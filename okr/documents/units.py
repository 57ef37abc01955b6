"""A unit's OKRs in a cycle, and the review of that cycle, as documents."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from okr.documents.blocks import Bar, Block, Document, Heading, Link, Paragraph, Rule, Table, Words
from okr.documents.chapters import Contents, address_of, between, chapter
from okr.models import Cycle, Person, Unit
from okr.pages import unit_review as reading
from okr.pages.calendar import Calendar, long_date
from okr.progress import suggest_confidence

ONLY_NUMBERS = Contents(endings=False, reviews=False, notes=False)


def unit_okrs(unit: Unit, cycle: Cycle, by: Person, now: datetime) -> Document:
    """What it wants to reach and where that stands."""
    review = _read(unit, cycle, by, now)
    title = f"{unit.name}: OKRs {cycle.name}"
    link = Link("OKRs", f"{address_of('okr:team', unit.slug)}?cycle={cycle.pk}")
    return Document(title, tuple(_blocks(review, ONLY_NUMBERS, link)))


def unit_review(
    unit: Unit, cycle: Cycle, by: Person, now: datetime, contents: Contents
) -> Document:
    """What was reached, how it ended and what was said on the way, as far as `contents` go."""
    review = _read(unit, cycle, by, now)
    title = f"{unit.name}: Review {cycle.name}"
    link = Link("Review", address_of("okr:unit_review", cycle.pk, unit.slug))
    return Document(title, tuple(_blocks(review, contents, link)))


def _read(unit: Unit, cycle: Cycle, by: Person, now: datetime) -> reading.UnitReview:
    """Who asks makes no difference: nothing stands in it but what everybody may read."""
    calendar = Calendar(cycle, timezone.localdate(now))
    return reading.unit_review(unit, by, calendar, now, for_everybody=True)


def _blocks(review: reading.UnitReview, contents: Contents, link: Link) -> Iterator[Block]:
    yield Paragraph(_lead(review))
    if not review.chapters:
        yield Paragraph((Words(f"{review.unit.name} has no objectives that everybody may read."),))
    else:
        yield _numbers(review)
    for each in review.own:
        yield from chapter(each, contents, level=1)
    yield from _of_people(review, contents)
    if review.left_out:
        yield Paragraph((Words(f"{review.left_out} more objectives are not on this page."),))
    yield Rule()
    yield Paragraph(_foot(review, link))


def _lead(review: reading.UnitReview) -> tuple[Words, ...]:
    cycle, lead = review.calendar.cycle, review.unit.lead
    days = f"{long_date(cycle.starts_on)} to {long_date(cycle.ends_on)}"
    led = f"Led by {lead.name}" if lead else ""
    return (Words(between([days, led, review.calendar.words])),)


def _numbers(review: reading.UnitReview) -> Table:
    judged = review.tallies[:3]
    tone = suggest_confidence(review.progress, review.calendar.expected)
    progress = (Bar(review.progress, tone), Words(f" {review.against_pace}"))
    counted = ((Words(f"{each.count} of {each.total}"),) for each in judged)
    name = (Words(review.unit.name),)
    head = ("Unit", "Progress", *(str(each.label) for each in judged))
    return Table(head, ((name, progress, *counted),))


def _of_people(review: reading.UnitReview, contents: Contents) -> Iterator[Block]:
    last = None
    for each in review.theirs:
        owner = each.objective.owner
        if owner.pk != last:
            yield Heading(1, (Words(owner.name),))
        last = owner.pk
        yield from chapter(each, contents, level=2)


def _foot(review: reading.UnitReview, link: Link) -> tuple[Words | Link, ...]:
    told = [f"as of {_moment(review.now)}"]
    if review.read:
        told.append(f"numbers read between {_moment(review.read[0])} and {_moment(review.read[1])}")
    before = Words(f"Published from {settings.PRODUCT_NAME}: ")
    return (before, link, Words(f" · {between(told)}"))


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M %Z}"
