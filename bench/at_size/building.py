"""Builds the company: who, what, the record, and what follows from it."""

from collections.abc import Iterable, Iterator
from random import Random

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from bench.at_size import issues, record, staff, talk, tree
from bench.at_size.copying import count_on, patient
from bench.at_size.numbers import Number, numbers_of
from bench.at_size.size import Size, periods
from jira_integration.models import JiraIssue, JiraLink
from okr.models import Cycle, KeyResult, Measurement, Objective, Tag, Unit

SEED = 5
NUMBERED: tuple[type[models.Model], ...] = (
    Unit, get_user_model(), Cycle, Objective, KeyResult, Measurement, Tag, JiraIssue, JiraLink,
)  # fmt: skip


def build(size: Size) -> None:
    """Into a migrated database without anybody in it."""
    chance, now = Random(SEED), timezone.now()  # noqa: S311  nothing secret
    cycles = list(periods(size, timezone.localdate()))
    with patient():
        people = staff.hire(size)
        staff.store(people, chance, now)
        aims = tree.plan(people, cycles, chance)
        following: list[Number] = []
        found = numbers_of(aims, people, size, chance)
        parts = record.store(_noting(found, following), chance)
        issues.store(following, chance, now)
        tree.roll_up(aims, parts)
        tree.store(aims, cycles, chance)
        talk.store(aims, people, chance, now)
        talk.close(aims, cycles, chance)
    count_on(NUMBERED)


def _noting(found: Iterable[Number], following: list[Number]) -> Iterator[Number]:
    """Sets those aside that follow issues, while all of them pass by."""
    for each in found:
        if each.issues:
            following.append(each)
        yield each
