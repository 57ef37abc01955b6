"""A unit's OKRs in a cycle, and the review of that cycle, as documents."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from okr.documents import frame
from okr.documents.blocks import Block, Document, Heading, Link, Rule, Words
from okr.documents.chapters import ONLY_NUMBERS, Contents, address_of, chapter
from okr.models import Cycle, Person, Unit
from okr.pages import unit_review as reading
from okr.pages.calendar import Calendar

NOTHING = "{name} has no objectives that everybody may read."


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
    unit, calendar = review.unit, review.calendar
    yield frame.lead(calendar, f"Led by {unit.lead.name}" if unit.lead else "")
    if review.chapters:
        yield frame.numbers(unit.name, review.progress, calendar, review.tallies)
    else:
        yield frame.said(NOTHING.format(name=unit.name))
    for each in review.own:
        yield from chapter(each, contents, level=1)
    yield from _of_people(review, contents)
    yield from frame.left_out(review.left_out)
    yield Rule()
    yield frame.foot(link, review.now, review.chapters)


def _of_people(review: reading.UnitReview, contents: Contents) -> Iterator[Block]:
    last = None
    for each in review.theirs:
        owner = each.objective.owner
        if owner.pk != last:
            yield Heading(1, (Words(owner.name),))
        last = owner.pk
        yield from chapter(each, contents, level=2)
