"""Carries unfinished objectives into a later cycle, with the way that is left of their numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from okr import slots
from okr.models.change import Change
from okr.models.closure import lock_open_cycle
from okr.models.cycle import Cycle
from okr.models.happens import Happens
from okr.models.key_result import KeyResult
from okr.models.milestone import Milestone
from okr.models.objective import Objective
from okr.models.outbox import happened_to_each
from okr.models.person import Person
from okr.models.tag import Tagging
from okr.models.upward import carry_upward
from okr.progress import NONE, WHOLE, rebase, same_day, share_done

COPIED = ("level", "unit", "title", "description", "weight", "visibility", "approval")
COPIED_OF_KEY_RESULT = ("title", "kind", "measured_in", "weight")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Way:
    """What is left of a key result: from where to where, or which milestones."""

    start: Decimal
    target: Decimal
    is_rebased: bool
    milestones: list[Milestone] = field(default_factory=list)


def way_left(key_result: KeyResult, into: Cycle, *, fed: bool) -> Way | None:
    """None where it is finished. `fed`: something else than a person goes on moving it."""
    start, target = key_result.start, key_result.target
    if key_result.is_threshold:
        return Way(start, target, is_rebased=False)
    if key_result.is_milestones:
        left = [_moved(each, key_result, into) for each in key_result.milestones.all()]
        steps = [each for each in left if each is not None]
        return Way(start, target, is_rebased=False, milestones=steps) if steps else None
    if fed:
        return None if key_result.progress == WHOLE else Way(start, target, is_rebased=False)
    rebased = rebase(start, key_result.current, target)
    return Way(*rebased, is_rebased=rebased[0] != start) if rebased else None


def carry_on(
    objectives: Iterable[Objective], into: Cycle, by: Person, *, at: datetime | None = None
) -> list[Objective]:
    """Copies each once into an open cycle, and ties it there as it is tied here.

    Answers the new ones; what is there already is left alone. A few statements for any number.
    Who carried them is noted where `at` is known.
    Raises PermissionDenied where the cycle was closed meanwhile.
    """
    with transaction.atomic():
        lock_open_cycle(into.pk)
        chosen = _still_to_carry(objectives, into)
        copies = {each.pk: _copy(each, into, by) for each in chosen}
        Objective.objects.bulk_create(copies.values(), batch_size=BATCH)
        pairs = _carry_key_results(chosen, copies, into)
        _tie(chosen, copies, into, pairs)
        _share(copies)
        _tag(copies)
        _note(copies.values(), by, at)
        carry_upward([copy.pk for copy in copies.values()], at)
        slots.ask("key_results.carried", pairs)
        happened_to_each(Happens.OBJECTIVE_ADDED, list(copies.values()), by=by, at=at)
        happened_to_each(Happens.KEY_RESULT_ADDED, [new for _, new in pairs], by=by, at=at)
    return list(copies.values())


def _note(copies: Iterable[Objective], by: Person, at: datetime | None) -> None:
    if at is not None:
        Change.objects.bulk_create(
            [Change.carried(copy, by=by, at=at) for copy in copies], batch_size=BATCH
        )


def heir(owner: Person, by: Person) -> Person:
    """Who goes on with what an owner has left behind: their nearest manager who is still here."""
    while not owner.is_active:
        if owner.manager is None:
            return by
        owner = owner.manager
    return owner


def _still_to_carry(objectives: Iterable[Objective], into: Cycle) -> list[Objective]:
    rows = Objective.objects.filter(pk__in=[each.pk for each in objectives])
    fresh = rows.exclude(cycle=into).exclude(carried_on__cycle=into)
    return list(fresh.select_related("owner", "cycle").order_by("pk"))


def _copy(objective: Objective, into: Cycle, by: Person) -> Objective:
    same = {name: getattr(objective, name) for name in COPIED}
    owner = heir(objective.owner, by)
    return Objective(cycle=into, owner=owner, carried_from=objective, **same)


def _carry_key_results(
    chosen: Sequence[Objective], copies: dict[int, Objective], into: Cycle
) -> list[tuple[KeyResult, KeyResult]]:
    """Pairs of old and new."""
    rows = (
        KeyResult.objects.filter(objective__in=[each.pk for each in chosen])
        .select_related("owner", "objective__cycle", "assigned_objective")
        .prefetch_related("milestones")
        .order_by("pk")
    )
    pairs, milestones = [], []
    for old in rows:
        assigned = getattr(old, "assigned_objective", None)
        fed = bool(old.tracked_by) or (assigned is not None and assigned.pk in copies)
        if way := way_left(old, into, fed=fed):
            new = _copy_of_key_result(old, copies[old.objective_id], way)
            pairs.append((old, new))
            milestones += [(each, new) for each in way.milestones]
    KeyResult.objects.bulk_create([new for _, new in pairs], batch_size=BATCH)
    for milestone, new in milestones:
        milestone.key_result = new
    Milestone.objects.bulk_create([each for each, _ in milestones], batch_size=BATCH)
    return pairs


def _copy_of_key_result(old: KeyResult, into: Objective, way: Way) -> KeyResult:
    same = {name: getattr(old, name) for name in COPIED_OF_KEY_RESULT}
    new = KeyResult(
        objective=into,
        owner=old.owner if old.owner.is_active else into.owner,
        start=way.start,
        target=way.target,
        current=way.start,
        progress=NONE,
        carried_from=old,
        **same,
    )
    if new.is_threshold:
        new.progress = None
    elif new.is_milestones:
        new.progress = share_done(each.step for each in way.milestones)
        new.current = new.progress or NONE
    return new


def _tie(
    chosen: Sequence[Objective],
    copies: dict[int, Objective],
    into: Cycle,
    pairs: Sequence[tuple[KeyResult, KeyResult]],
) -> None:
    """What contributes to, supports or moves what, among those that are there."""
    there = dict(
        Objective.objects.filter(cycle=into, closure=None)
        .exclude(carried_from=None)
        .values_list("carried_from_id", "pk")
    )
    key_results = {old.pk: new.pk for old, new in pairs}
    for old in chosen:
        copy = copies[old.pk]
        copy.parent_id = there.get(old.parent_id or 0)
        copy.assigned_from_id = key_results.get(old.assigned_from_id or 0)
    Objective.objects.bulk_update(copies.values(), ["parent", "assigned_from"], batch_size=BATCH)
    supports: Any = Objective.supports.through
    known = supports.objects.filter(from_objective__in=copies, to_objective__in=there)
    supports.objects.bulk_create(
        supports(from_objective=copies[below], to_objective_id=there[above])
        for below, above in known.values_list("from_objective_id", "to_objective_id")
    )


def _share(copies: dict[int, Objective]) -> None:
    """Whoever may see the old one sees the new one."""
    viewers: Any = Objective.viewers.through
    named = viewers.objects.filter(objective__in=copies).values_list("objective_id", "person_id")
    viewers.objects.bulk_create(
        viewers(objective=copies[pk], person_id=person) for pk, person in named
    )


def _tag(copies: dict[int, Objective]) -> None:
    rows = Tagging.objects.filter(objective__in=copies).values_list("objective", "tag", "place")
    Tagging.objects.bulk_create(
        Tagging(objective=copies[pk], tag_id=tag, place=place) for pk, tag, place in rows
    )


def _moved(milestone: Milestone, key_result: KeyResult, into: Cycle) -> Milestone | None:
    """The same step as far into the later cycle; None where it is done."""
    if milestone.is_done:
        return None
    began = key_result.objective.cycle.starts_on
    due_on: date = same_day(milestone.due_on, began, into.starts_on, into.ends_on)
    return Milestone(title=milestone.title, due_on=due_on, weight=milestone.weight)
