"""What two people do in the same moment is counted twice; on PostgreSQL this can go wrong."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from okr import proof
from okr.models import KeyResult
from tests.cast import make_cycle, make_key_result, make_objective, make_person

OBJECTIVES = 25


@pytest.mark.django_db(transaction=True)
def test_check_ins_in_the_same_moment_lose_nothing():
    ben, cycle = make_person("Ben Okafor"), make_cycle()
    pairs = [two_of(make_objective(ben, cycle)) for _ in range(OBJECTIVES)]
    start = Barrier(2)
    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(check_in, side, start) for side in zip(*pairs, strict=True)]:
            done.result()
    assert proof.derive_everything().differences == []


def two_of(objective):
    return [make_key_result(objective).pk for _ in range(2)]


def check_in(side: Iterable[int], start: Barrier) -> None:
    try:
        for key_result in KeyResult.objects.filter(pk__in=side).select_related("owner"):
            start.wait(timeout=30)
            at, by = timezone.now(), key_result.owner
            key_result.check_in(by=by, at=at, confidence="on_track", value=Decimal(50))
    finally:
        connection.close()
