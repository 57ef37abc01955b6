"""The alignment of a cycle as a picture: which cards and edges it shows, and where."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count

from okr import drawing, text_fit
from okr.map_layout import HEIGHT, WIDTH, Layout, Node, Spot, arrange, edge, support
from okr.models import Cycle, Level, Objective, Person, Visibility
from okr.pages import company as tree
from okr.pages.calendar import Calendar
from okr.pages.company import TOP_FIRST, Branch
from okr.pages.filters import Filters
from okr.pages.kin import tie

MOST_TOPS, MOST_CARDS = 60, 150
TITLE, NAME, PADDING, LOCK = 13.0, 12.0, 16, 18
BAR = WIDTH - 2 * PADDING
HEADS = {Level.COMPANY: "Company", Level.UNIT: "Teams", Level.INDIVIDUAL: "People"}


@dataclass(frozen=True, slots=True)
class Card:
    branch: Branch
    spot: Spot
    lines: list[str]
    owner: str
    initials: str
    hue: int
    below: int
    """How many objectives are aligned under it, as far as the reader may see them."""

    @property
    def objective(self) -> Objective:
        return self.branch.objective

    @property
    def filled(self) -> float:
        return round(BAR * drawing.clamped(self.objective.progress) / 100, 1)


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class AlignmentMap:
    cards: list[Card]
    lines: list[Line]
    layout: Layout
    heads: list[tuple[float, str]]
    shown: int
    total: int
    is_cut: bool
    tick: float
    """Where the calendar is on the bar of every card."""
    card_width: int = WIDTH
    card_height: int = HEIGHT
    bar: int = BAR

    @property
    def hidden(self) -> int:
        return self.total - self.shown


def alignment_map(
    person: Person, calendar: Calendar, filters: Filters, opened: set[int] | None
) -> AlignmentMap:
    """What is open, or what matches with all above it; never more cards than can be drawn."""
    cycle = calendar.cycle
    branches = _branches(person, cycle, filters, opened)
    kept = branches[:MOST_CARDS]
    layout = arrange([_node(each) for each in kept])
    below = _counts_below(person, kept)
    return AlignmentMap(
        cards=[_card(each, layout, below.get(each.objective.pk, 0)) for each in kept],
        lines=_lines(kept, layout),
        layout=layout,
        heads=_heads(kept, layout),
        shown=len(kept),
        total=Objective.objects.visible_to(person).filter(cycle=cycle).count(),
        is_cut=len(branches) > MOST_CARDS,
        tick=round(PADDING + BAR * float(calendar.expected) / 100 - 1, 1),
    )


def _branches(
    person: Person, cycle: Cycle, filters: Filters, opened: set[int] | None
) -> list[Branch]:
    if filters:
        return tree.found(person, cycle, filters)[0]
    tops = list(tree.roots(person, cycle)[:MOST_TOPS])
    return tree.branches(person, cycle, tops, tree.first_open(tops) if opened is None else opened)


def _node(branch: Branch) -> Node:
    rank = TOP_FIRST.index(Level(branch.objective.level))
    return Node(branch.objective.pk, branch.under, rank)


def _card(branch: Branch, layout: Layout, below: int) -> Card:
    objective = branch.objective
    room = BAR - LOCK if objective.visibility == Visibility.CONFIDENTIAL else BAR
    initials, hue = drawing.avatar(objective.owner.name)
    return Card(
        branch=branch,
        spot=layout.spots[objective.pk],
        lines=text_fit.wrapped(objective.title, room, TITLE, 2),
        owner=text_fit.cut(objective.owner.name, BAR - 84, NAME),
        initials=initials,
        hue=hue,
        below=below,
    )


def _counts_below(person: Person, branches: Iterable[Branch]) -> dict[int | None, int]:
    keys = [each.objective.pk for each in branches]
    rows = Objective.objects.visible_to(person).filter(parent__in=keys).order_by()
    return dict(rows.values_list("parent").annotate(Count("pk")))


def _lines(branches: Collection[Branch], layout: Layout) -> list[Line]:
    """Solid where one moves the other, dotted where it is shown but not counted, dashed support."""
    spots = layout.spots
    lines = [
        Line(edge(spots[each.under], spots[each.objective.pk]), tie(each.objective))
        for each in branches
        if each.under
    ]
    for helper, helped in _supports(spots):
        lines.append(Line(support(spots[helper], spots[helped]), "supports"))
    return lines


def _supports(shown: Collection[int]) -> list[tuple[int, int]]:
    through = Objective.supports.through.objects.filter(
        from_objective__in=shown, to_objective__in=shown
    )
    return list(through.order_by("pk").values_list("from_objective_id", "to_objective_id"))


def _heads(branches: Iterable[Branch], layout: Layout) -> list[tuple[float, str]]:
    """What the cards of each layer are, above it."""
    levels: dict[float, set[str]] = defaultdict(set)
    for each in branches:
        levels[layout.spots[each.objective.pk].x].add(each.objective.level)
    return [
        (x, " and ".join(HEADS[level] for level in TOP_FIRST if level in found))
        for x, found in sorted(levels.items())
    ]
