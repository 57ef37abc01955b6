"""Gives rows that no file named yet a key each, so that it stays when their titles change.

The key of what not everybody may see is not made of its title: whoever tries keys in a file learns
which are taken.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from okr.models import Cycle, KeyResult, Objective
from okr.models.keyed import LONGEST
from okr.models.policy import open_to_all

BATCH = 500
USUAL = 48


def name_cycles() -> None:
    """Every cycle that has no key."""
    if not Cycle.objects.filter(key=None).exists():
        return
    with transaction.atomic():
        Cycle.objects.one_at_a_time()
        taken: Any = set(Cycle.objects.exclude(key=None).values_list("key", flat=True))
        cycles = Cycle.objects.filter(key=None).order_by("starts_on", "pk")
        _name(cycles, ((cycle, [key_of(cycle.name)], taken) for cycle in cycles))


def name_contents(cycle_ids: Collection[int]) -> None:
    """Every objective and key result of these cycles that has no key."""
    objectives = Objective.objects.filter(cycle__in=cycle_ids)
    key_results = KeyResult.objects.filter(objective__cycle__in=cycle_ids)
    if objectives.filter(key=None).exists() or key_results.filter(key=None).exists():
        with transaction.atomic():
            Cycle.objects.one_at_a_time()
            _name_objectives(objectives.filter(key=None))
            _name_key_results(key_results)


def _name_objectives(rows: Any) -> None:
    taken: Any = set(Objective.objects.exclude(key=None).values_list("key", flat=True))
    open_ones = set(rows.filter(open_to_all()).values_list("pk", flat=True))
    found = list(rows.select_related("cycle").only("key", "title", "cycle__key"))
    _name(rows, ((each, _wishes(each) if each.pk in open_ones else [], taken) for each in found))


def _wishes(objective: Objective) -> list[str]:
    title = key_of(objective.title)
    return [title, f"{title}-{objective.cycle.key}"[:LONGEST].strip("-")] if title else []


def _name_key_results(rows: Any) -> None:
    taken: dict[int, set[str]] = {}
    for objective, key in rows.exclude(key=None).values_list("objective", "key"):
        taken.setdefault(objective, set()).add(key)
    found = list(rows.filter(key=None).only("key", "title", "objective"))
    _name(
        rows,
        (
            (each, [key_of(each.title)], taken.setdefault(each.objective_id, set()))
            for each in found
        ),
    )


def key_of(title: str) -> str:
    """The first words of a title; empty where it has none in Latin letters."""
    whole = re.sub("[^a-z0-9]+", "-", slugify(title)).strip("-")
    if len(whole) <= USUAL:
        return whole
    return whole[: USUAL + 1].rpartition("-")[0] or whole[:USUAL]


def _name(rows: Any, wanted: Iterable[tuple[Any, list[str], set[str]]]) -> None:
    named = []
    for row, wishes, taken in wanted:
        noun = row._meta.verbose_name.replace(" ", "-")
        first = [*filter(None, wishes)] or [f"{noun}-{row.pk}"]
        row.key = next(key for key in _candidates(first) if key not in taken)
        taken.add(row.key)
        named.append(row)
    rows.model.objects.bulk_update(named, ["key"], batch_size=BATCH)


def _candidates(wishes: list[str]) -> Iterator[str]:
    yield from wishes
    yield from (f"{wishes[0]}-{number}" for number in count(2))
