"""The alignment of a company: its objectives as a tree that opens branch by branch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from okr.models import Cycle, KeyResult, Level, Objective, Person
from okr.models.objective import ObjectiveQuerySet
from okr.pages.filters import Filters
from okr.pages.rows import WORST_FIRST

ROOTS_A_PAGE = 25
MOST_MATCHES = 200
DEEPEST_INDENT = 4
TOP_FIRST = (Level.COMPANY, Level.UNIT, Level.INDIVIDUAL)


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of the tree. `opened` is what the address names when its button is pressed."""

    objective: Objective
    depth: int
    is_open: bool
    opened: str
    is_match: bool = True
    under: int | None = None

    @property
    def indent(self) -> int:
        return min(self.depth, DEEPEST_INDENT)


def in_cycle(person: Person, cycle: Cycle) -> ObjectiveQuerySet:
    visible = Objective.objects.visible_to(person).filter(cycle=cycle)
    return with_signs(visible, person).order_by(_rank(), "unit__name", "title", "id")


def lowest_confidence() -> Coalesce:
    """Of the key results of an objective; empty where nobody has judged any."""
    worst = Case(
        *(When(confidence=level, then=rank) for rank, level in enumerate(WORST_FIRST)),
        default=len(WORST_FIRST),
        output_field=IntegerField(),
    )
    judged = KeyResult.objects.filter(objective=OuterRef("pk")).order_by(worst)
    return Coalesce(Subquery(judged.values("confidence")[:1]), Value(""))


def with_signs(objectives: ObjectiveQuerySet, person: Person) -> ObjectiveQuerySet:
    """Adds what a row shows: the lowest confidence, how many key results, whether it opens."""
    key_results = KeyResult.objects.filter(objective=OuterRef("pk")).order_by()
    below = Objective.objects.visible_to(person).filter(parent=OuterRef("pk"))
    counted = key_results.values("objective").annotate(found=Count("pk")).values("found")
    return (
        objectives.select_related("owner", "unit", "closure")
        .prefetch_related("tags")
        .annotate(
            confidence=lowest_confidence(),
            key_result_count=Coalesce(Subquery(counted), 0),
            opens=Exists(below),
        )
    )


def roots(person: Person, cycle: Cycle) -> ObjectiveQuerySet:
    """What stands at the top for this person: nothing that they may see is above it."""
    above = Objective.objects.visible_to(person).filter(pk=OuterRef("parent_id"))
    return in_cycle(person, cycle).filter(~Exists(above))


def branches(
    person: Person, cycle: Cycle, tops: Iterable[Objective], opened: Collection[int]
) -> list[Branch]:
    """The tops and what is open below them: one query for each level that is open."""
    top_rows = list(tops)
    below = _open_levels(person, cycle, top_rows, opened)
    return list(_nested(top_rows, below, opened, matches=None))


def children(person: Person, objective: Objective, depth: int) -> list[Branch]:
    """The closed branches directly under an objective, for a tree that opens in place."""
    below = in_cycle(person, objective.cycle).filter(parent=objective)
    return [
        Branch(each, depth, is_open=False, opened=str(each.pk), under=objective.pk)
        for each in below
    ]


def found(person: Person, cycle: Cycle, filters: Filters) -> tuple[list[Branch], bool]:
    """The branches that match, under all that is above them; and whether more would match."""
    rows = filters.apply(in_cycle(person, cycle))
    matches = list(rows.values_list("pk", flat=True)[: MOST_MATCHES + 1])
    parents = dict(
        Objective.objects.visible_to(person).filter(cycle=cycle).values_list("pk", "parent_id")
    )
    kept = _with_ancestors(matches[:MOST_MATCHES], parents)
    below: dict[int | None, list[Objective]] = defaultdict(list)
    for row in in_cycle(person, cycle).filter(pk__in=kept):
        below[row.parent_id if row.parent_id in kept else None].append(row)
    tree = _nested(below[None], below, kept, matches=set(matches))
    return list(tree), len(matches) > MOST_MATCHES


def first_open(tops: Iterable[Objective]) -> set[int]:
    """What is open before anybody chose: the objectives of the company."""
    return {top.pk for top in tops if top.level == Level.COMPANY}


def _rank() -> Case:
    ranks = (When(level=level, then=rank) for rank, level in enumerate(TOP_FIRST))
    return Case(*ranks, output_field=IntegerField())


def _open_levels(
    person: Person, cycle: Cycle, tops: list[Objective], opened: Collection[int]
) -> dict[int | None, list[Objective]]:
    below: dict[int | None, list[Objective]] = defaultdict(list)
    level = tops
    while parents := [row.pk for row in level if row.pk in opened and row.pk not in below]:
        level = list(in_cycle(person, cycle).filter(parent__in=parents))
        for row in level:
            below[row.parent_id].append(row)
    return below


def _nested(
    rows: Iterable[Objective],
    below: dict[int | None, list[Objective]],
    opened: Collection[int],
    matches: set[int] | None,
    depth: int = 0,
) -> Iterator[Branch]:
    for row in rows:
        is_open = row.pk in opened and bool(below.get(row.pk))
        yield Branch(
            row,
            depth,
            is_open,
            ",".join(map(str, sorted(set(opened) ^ {row.pk}))),
            matches is None or row.pk in matches,
            row.parent_id if depth else None,
        )
        if is_open:
            yield from _nested(below[row.pk], below, opened, matches, depth + 1)


def _with_ancestors(matches: Iterable[int], parents: Mapping[int, int | None]) -> set[int]:
    kept: set[int] = set()
    for match in matches:
        step: int | None = match
        while step is not None and step in parents and step not in kept:
            kept.add(step)
            step = parents[step]
    return kept
