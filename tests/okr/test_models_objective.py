"""An objective: where it stands in the tree, and how numbers travel upward."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import Cycle, Level, Objective, carry_upward
from tests.cast import make_cycle, make_key_result, make_objective

TODAY = date(2026, 11, 20)


@pytest.fixture
def branch(olga, ada, ben, cycle):
    """A company objective, Platform's under it, Ben's under that."""
    company = make_objective(olga, cycle, level=Level.COMPANY, title="Never lose an appointment")
    platform = make_objective(ada, cycle, level=Level.UNIT, unit=ada.unit, parent=company)
    own = make_objective(ben, cycle, parent=platform)
    return company, platform, own


def progress_of(*objectives):
    for objective in objectives:
        objective.refresh_from_db()
    return [objective.progress for objective in objectives]


def test_nothing_measured_is_not_nothing_reached(branch):
    assert progress_of(*branch) == [None, None, None]


def test_a_number_is_carried_through_three_levels(branch):
    make_key_result(branch[2], at="40")
    assert progress_of(*branch) == [40, 40, 40]


def test_key_results_and_aligned_objectives_count_by_weight(branch, ben):
    _company, platform, own = branch
    own.weight = Decimal(3)
    own.keep()
    make_key_result(own, at="80")
    make_key_result(platform, at="40")
    assert progress_of(*branch) == [70, 70, 80]


def test_a_weight_of_nothing_is_shown_but_not_counted(branch):
    _company, platform, own = branch
    own.weight = Decimal(0)
    own.keep()
    make_key_result(own, at="80")
    make_key_result(platform, at="40")
    assert progress_of(*branch) == [40, 40, 80]


def test_an_objective_that_moves_counts_in_the_new_place_alone(branch, ada, cycle):
    company, platform, own = branch
    other = make_objective(ada, cycle, title="A first week that ends with a release")
    make_key_result(own, at="80")
    own.parent = other
    own.keep()
    assert progress_of(company, platform, own, other) == [None, None, 80, 80]


def test_a_removed_objective_frees_what_was_aligned_under_it(branch):
    company, platform, own = branch
    make_key_result(own, at="80")
    make_key_result(platform, at="20")
    platform.remove()
    own.refresh_from_db()
    assert (own.parent, own.progress) == (None, 80)
    assert progress_of(company) == [None]


def test_carrying_upward_stops_where_no_number_moves(branch):
    company, _platform, own = branch
    make_key_result(own, at="80")
    Objective.objects.filter(pk=company.pk).update(progress=Decimal(1))
    assert carry_upward({own.pk}) == []
    assert carry_upward({company.pk}) == [company.pk]


def test_objectives_are_locked_before_their_parts_are_read(branch):
    make_key_result(branch[2], at="80")
    with (
        CaptureQueriesContext(
            connection,
        ) as captured,
        transaction.atomic(),
    ):
        carry_upward({branch[2].pk})
    reads = [q["sql"] for q in captured if q["sql"].startswith("SELECT")]
    assert 'WHERE "okr_objective"."id" IN' in reads[0]
    assert 'FROM "okr_keyresult"' in reads[1]


def test_a_wide_tree_costs_no_more_statements_than_a_narrow_one(olga, ada, cycle):
    def cost(width):
        top = make_objective(olga, cycle, level=Level.COMPANY)
        for _ in range(width):
            make_key_result(make_objective(ada, cycle, parent=top), at="10")
        ids = set(top.children.values_list("pk", flat=True))
        Objective.objects.filter(pk__in=[*ids, top.pk]).update(progress=0)
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            carry_upward(ids)
        return len(captured)

    assert cost(3) == cost(40)


def test_a_circle_in_the_alignment_is_refused(branch):
    company, _platform, own = branch
    company.parent = own
    with pytest.raises(ValidationError) as refused:
        company.keep()
    assert refused.value.message_dict == {"parent": ["That would close a circle in the alignment."]}


def test_the_path_leads_from_the_objective_to_the_top(branch):
    company, platform, own = branch
    assert own.ids_above() == [company.pk, platform.pk]
    assert company.ids_above() == []


def test_a_parent_of_another_cycle_is_refused(branch, ben):
    other = make_cycle("Winter")
    with pytest.raises(ValidationError) as refused:
        make_objective(ben, other, parent=branch[1])
    assert refused.value.message_dict == {"parent": ["The parent belongs to another cycle."]}


def test_a_unit_objective_needs_its_unit(ada, cycle):
    with pytest.raises(ValidationError) as refused:
        make_objective(ada, cycle, level=Level.UNIT)
    assert "unit" in refused.value.message_dict


@pytest.mark.parametrize("impossible", [{"weight": -1}, {"progress": 101}, {"progress": -1}])
def test_the_database_refuses_what_cannot_be(branch, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.filter(pk=branch[0].pk).update(**impossible)


def test_the_database_refuses_an_objective_under_itself(branch):
    pk = branch[0].pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.filter(pk=pk).update(parent=pk)


def test_a_cycle_with_objectives_cannot_vanish(branch, cycle):
    with pytest.raises(ProtectedError):
        cycle.delete()


@pytest.mark.django_db
def test_the_database_refuses_a_cycle_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.create(name="Backwards", starts_on=TODAY, ends_on=TODAY - timedelta(days=1))


@pytest.mark.django_db
def test_the_current_cycle_is_the_running_one_then_the_next_then_the_last():
    def add(name, first, last, **fields):
        starts_on, ends_on = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
        return Cycle.objects.create(name=name, starts_on=starts_on, ends_on=ends_on, **fields)

    assert Cycle.objects.current(TODAY) is None
    past = add("past", -90, -1)
    assert Cycle.objects.current(TODAY) == past
    coming = add("coming", 10, 90)
    assert Cycle.objects.current(TODAY) == coming
    add("shut early", -5, 5, closed_at=timezone.now())
    year = add("year", -100, 265)
    assert Cycle.objects.current(TODAY) == year
    quarter = add("quarter", -10, 9)
    assert Cycle.objects.current(TODAY) == quarter


@pytest.mark.parametrize(
    ("day", "week", "state"),
    [
        (-8, 0, "planned"),
        (-1, 0, "planned"),
        (0, 1, "running"),
        (6, 1, "running"),
        (7, 2, "running"),
        (90, 13, "running"),
        (200, 13, "running"),
    ],
)
def test_a_cycle_knows_its_week(day, week, state):
    cycle = Cycle(starts_on=TODAY, ends_on=TODAY + timedelta(days=90))
    today = TODAY + timedelta(days=day)
    assert cycle.week(today) == (week, 13)
    assert cycle.state(today) == state


def test_a_closed_cycle_says_so():
    assert Cycle(starts_on=TODAY, ends_on=TODAY, closed_at=timezone.now()).state(TODAY) == "closed"
