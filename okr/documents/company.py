"""The company's OKRs in a cycle, and the review of that cycle: its objectives, then its units."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from okr.documents import frame
from okr.documents.blocks import Bar, Block, Document, Heading, Line, Link, Rule, Table, Words
from okr.documents.chapters import ONLY_NUMBERS, Contents, address_of, chapter
from okr.models import Cycle, KeyResult, Level, Objective, Person
from okr.models.policy import told_outside
from okr.pages.calendar import Calendar
from okr.pages.counts import counts
from okr.pages.standing import StandingsNow, standings_now
from okr.pages.teams import Team, teams
from okr.pages.unit_review import MOST_OBJECTIVES, chapters_of
from okr.pages.units import UnitTree

NAME = "Company"
HEAD = ("Unit", "Progress", "Objectives", "On track", "At risk", "Off track")
MOST_UNITS = 200
MORE_UNITS = "{number} more units are not on this page."
STEP = "\u2003"
"""A wide space for each unit that stands above."""


def company_okrs(cycle: Cycle, by: Person, now: datetime) -> Document:
    """What it wants to reach and where that stands."""
    title = f"{NAME}: OKRs {cycle.name}"
    return Document(title, tuple(_blocks(cycle, by, now, ONLY_NUMBERS)))


def company_review(cycle: Cycle, by: Person, now: datetime, contents: Contents) -> Document:
    """What was reached, how it ended and what was said on the way, as far as `contents` go."""
    title = f"{NAME}: Review {cycle.name}"
    return Document(title, tuple(_blocks(cycle, by, now, contents)))


def _blocks(cycle: Cycle, by: Person, now: datetime, contents: Contents) -> Iterator[Block]:
    """Who asks makes no difference: nothing stands in it but what everybody may read."""
    calendar, tree = Calendar(cycle, timezone.localdate(now)), UnitTree()
    standings = standings_now(tree, cycle)
    public = Objective.objects.filter(told_outside(), cycle=cycle, level=Level.COMPANY)
    objectives = list(public.for_cards().order_by("title", "id"))
    chapters = chapters_of(objectives[:MOST_OBJECTIVES], by, calendar)
    key_results = KeyResult.objects.filter(told_outside("objective__"), objective__cycle=cycle)
    progress = next(iter(standings.of(None)), None)
    yield frame.lead(calendar)
    yield frame.numbers(NAME, progress, calendar, counts(key_results, now, ""))
    for each in chapters:
        yield from chapter(each, contents, level=1)
    yield from frame.left_out(len(objectives[MOST_OBJECTIVES:]))
    yield from _units(by, calendar, standings, review=contents.endings)
    yield Rule()
    link = Link("Company", f"{address_of('okr:company')}?cycle={cycle.pk}")
    yield frame.foot(link, now, chapters)


def _units(
    by: Person, calendar: Calendar, standings: StandingsNow, *, review: bool
) -> Iterator[Block]:
    places = standings.tree.places()
    found = teams(by, calendar, places[:MOST_UNITS], standings, for_everybody=True)
    if not found:
        return
    yield Heading(1, (Words("Units"),))
    yield Table(HEAD, tuple(_row(team, calendar.cycle, review=review) for team in found))
    if more := len(places[MOST_UNITS:]):
        yield frame.said(MORE_UNITS.format(number=more))


def _row(team: Team, cycle: Cycle, *, review: bool) -> tuple[Line, ...]:
    """With what stands below it; leads to the page of the unit that says the same."""
    unit = team.unit
    address = f"{address_of('okr:team', unit.slug)}?cycle={cycle.pk}"
    if review:
        address = address_of("okr:unit_review", cycle.pk, unit.slug)
    counted = (team.objectives, team.on_track, team.at_risk, team.off_track)
    name: Line = (Words(STEP * team.place.indent), Link(unit.name, address))
    return (name, (Bar(team.progress, team.tone),), *((Words(str(each)),) for each in counted))
