"""Cycles: what may lie over each other, what is made, and what closing one does."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from okr import fiscal, proof
from okr.models import Closure, Cycle, CycleKind, KeyResult, Objective
from tests.cast import make_cycle, make_key_result, make_objective

pytestmark = pytest.mark.django_db


def quarter(name="Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30), **fields):
    return Cycle(
        **{"name": name, "kind": "quarter", "starts_on": starts_on, "ends_on": ends_on, **fields}
    )


def faults_of(cycle):
    with pytest.raises(ValidationError) as refused:
        cycle.keep()
    return refused.value.message_dict


def test_a_cycle_must_end_after_it_starts():
    for ends_on in (date(2026, 7, 1), date(2026, 6, 30)):
        assert faults_of(quarter(ends_on=ends_on)) == {
            "ends_on": ["Choose a day after 1 July 2026, on which it starts."]
        }


@pytest.mark.parametrize("kind", CycleKind.values)
def test_two_of_a_kind_may_not_overlap_and_the_other_is_named(kind):
    quarter("Summer", kind=kind).keep()
    faults = faults_of(quarter("Late summer", date(2026, 9, 30), date(2026, 12, 31), kind=kind))
    assert list(faults) == ["starts_on"]
    assert "“Summer”, 1 July 2026 – 30 September 2026" in faults["starts_on"][0]
    quarter("Autumn", date(2026, 10, 1), date(2026, 12, 31), kind=kind).keep()


def test_a_year_may_lie_over_its_quarters():
    quarter().keep()
    quarter("Year", date(2026, 1, 1), date(2026, 12, 31), kind="year").keep()
    assert Cycle.objects.count() == 2


def test_a_name_is_there_once():
    quarter().keep()
    assert "name" in faults_of(quarter(starts_on=date(2027, 7, 1), ends_on=date(2027, 9, 30)))


def test_the_database_knows_the_rules_too():
    quarter().save()
    for wrong in (
        quarter("Same day"),
        quarter("No kind", date(2027, 1, 1), date(2027, 3, 31), kind="moon"),
        quarter("Turned", date(2027, 3, 31), date(2027, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_making_a_year_twice_makes_it_once():
    periods = [*fiscal.quarters(2026, 1), fiscal.whole_year(2026, 1)]
    assert len(Cycle.objects.make(periods)) == 5
    assert Cycle.objects.make(periods) == []
    assert Cycle.objects.count() == 5


def test_what_would_overlap_or_bears_a_taken_name_is_left_out():
    quarter("Odd", date(2026, 2, 1), date(2026, 4, 10)).keep()
    quarter("Q3 2026", date(2030, 1, 1), date(2030, 2, 1), kind="custom").keep()
    made = Cycle.objects.make(fiscal.quarters(2026, 1))
    assert [each.name for each in made] == ["Q4 2026"]


def test_closing_a_cycle_closes_what_is_open_with_its_progress_as_score(ada, ben, olga, cycle):
    now = timezone.now()
    said = make_objective(ada, cycle, title="Said")
    said.close(
        by=ada, at=now, score=Decimal("0.4"), retrospective="We learnt a lot.", outcome="close"
    )
    unsaid = make_objective(ben, cycle, title="Unsaid")
    make_key_result(unsaid, at="62")
    make_objective(ben, cycle, title="Never measured")
    assert cycle.close(by=olga, at=now)
    assert cycle.closed_by == olga
    rows = Closure.objects.order_by("objective_id").values_list("score", "with_cycle", "outcome")
    assert [(str(score), *rest) for score, *rest in rows] == [
        ("0.4", False, "close"),
        ("0.6", True, "continue"),
        ("0.0", True, "continue"),
    ]
    assert not Objective.objects.editable_by(olga).exists()
    assert not KeyResult.objects.editable_by(olga).exists()


def test_of_two_who_close_it_one_does(ada, olga, cycle):
    again = Cycle.objects.get(pk=cycle.pk)
    assert cycle.close(by=olga, at=timezone.now())
    assert not again.close(by=ada, at=timezone.now())
    cycle.refresh_from_db()
    assert cycle.closed_by == olga


def test_nothing_in_a_closed_cycle_can_be_closed_reopened_or_checked_in(ada, olga, cycle):
    objective = make_objective(ada, cycle)
    key_result = make_key_result(objective)
    cycle.close(by=olga, at=timezone.now())
    with pytest.raises(PermissionDenied):
        objective.reopen(by=olga, at=timezone.now())
    with pytest.raises(PermissionDenied):
        key_result.check_in(by=ada, at=timezone.now(), confidence="on_track", value=Decimal(5))
    judged: dict[str, Any] = {"score": 1, "retrospective": "Late words", "outcome": "close"}
    with pytest.raises(PermissionDenied):
        objective.close(by=ada, at=timezone.now(), **judged)


def test_opening_it_again_opens_what_its_closing_closed(ada, ben, olga, cycle):
    said = make_objective(ada, cycle, title="Said")
    below = make_objective(ben, cycle, title="Below", parent=said)
    unsaid = make_objective(ben, cycle, title="Unsaid")
    said.close(by=ada, at=timezone.now(), score=Decimal(1), retrospective="Good.", outcome="close")
    cycle.close(by=olga, at=timezone.now())
    cycle.reopen()
    assert cycle.closed_at is None
    assert set(Objective.objects.filter(closure=None)) == {unsaid}
    assert Closure.objects.get(objective=below).with_objective == said


def test_only_an_empty_cycle_is_deleted(ada, cycle):
    make_objective(ada, cycle)
    assert not cycle.remove()
    assert make_cycle("Empty").remove()
    assert list(Cycle.objects.all()) == [cycle]


def test_closing_costs_the_same_for_3_and_for_30_objectives(
    ada, olga, django_assert_max_num_queries
):
    for count in (3, 30):
        cycle = make_cycle(f"With {count}")
        for number in range(count):
            make_objective(ada, cycle, title=f"Number {number}")
        with django_assert_max_num_queries(12):
            cycle.close(by=olga, at=timezone.now())
    assert Closure.objects.count() == 33
    assert proof.derive_everything().differences == []
