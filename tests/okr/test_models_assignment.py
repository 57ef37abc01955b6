"""A key result that is assigned on as somebody's objective: what moves it, and what stays."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from okr import proof
from okr.models import KeyResult, Kind, Objective, Reading, TrackedElsewhereError, assign, take_back
from tests.cast import make_key_result, make_objective

NOW = timezone.now()


@pytest.fixture
def top(ada, cycle):
    return make_objective(ada, cycle, title="Clinics stay online")


@pytest.fixture
def assigned(top, ben):
    """A key result of Ada's that is an objective of Ben's."""
    key_result = make_key_result(top, at="30", title="A boring failover")
    objective = Objective(owner=ben, title="Make the failover boring")
    assign(key_result, objective)
    return key_result, objective


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def is_right():
    return proof.derive_everything().differences == []


def test_an_assigned_key_result_keeps_its_number_until_the_objective_has_one(assigned, top):
    key_result, objective = assigned
    assert (fresh(key_result).progress, fresh(top).progress) == (Decimal(30), Decimal(30))
    assert (objective.parent, objective.cycle) == (top, top.cycle)
    assert is_right()


def test_the_objective_moves_its_key_result_and_all_that_is_above(assigned, top):
    key_result, objective = assigned
    make_key_result(objective, at="80", title="Rehearsed")
    moved = fresh(key_result)
    assert (moved.progress, moved.current) == (Decimal(80), Decimal(80))
    assert fresh(top).progress == 80
    appended = key_result.measurements.last()
    assert (appended.source, appended.progress, appended.by) == ("objective", Decimal(80), None)
    assert is_right()


def test_it_counts_once_through_the_key_result_and_not_beside_it(assigned, top):
    _, objective = assigned
    make_key_result(top, at="0", title="Another")
    make_key_result(objective, at="80", title="Rehearsed")
    assert fresh(top).progress == 40


def test_the_value_of_an_assigned_key_result_cannot_be_typed(assigned, ada):
    key_result = fresh(assigned[0])
    assert not key_result.takes_value
    with pytest.raises(TrackedElsewhereError):
        key_result.check_in(by=ada, at=NOW, confidence="on_track", value=Decimal(90))
    key_result.check_in(by=ada, at=NOW, confidence="at_risk", note="The judgement stays mine.")
    assert (key_result.confidence, key_result.progress) == ("at_risk", Decimal(30))


def test_an_integration_does_not_take_over_what_is_assigned(assigned):
    key_result = assigned[0]
    key_result.track_by("room")
    assert key_result.tracked_by == ""
    assert not fresh(key_result).can_be_tracked


def test_taken_back_it_keeps_the_last_number_and_takes_values_again(assigned, top, ada):
    key_result, objective = assigned
    make_key_result(objective, at="80", title="Rehearsed")
    take_back(key_result)
    assert (key_result.progress, key_result.takes_value) == (Decimal(80), True)
    assert (fresh(objective).parent, fresh(objective).assigned_from) == (None, None)
    assert is_right()
    key_result.check_in(by=ada, at=NOW, confidence="on_track", value=Decimal(85))
    assert fresh(top).progress == 85
    assert is_right()


def test_it_is_assigned_once(assigned, ada):
    with pytest.raises(PermissionDenied):
        assign(assigned[0], Objective(owner=ada, title="Once more"))
    assert Objective.objects.count() == 2


@pytest.mark.parametrize("kind", [Kind.MILESTONES, Kind.STAY_BELOW])
def test_what_has_no_way_to_go_cannot_be_assigned(top, ada, kind):
    key_result = make_key_result(top, kind=kind)
    with pytest.raises(PermissionDenied):
        assign(key_result, Objective(owner=ada, title="Impossible"))


def test_what_is_tracked_cannot_be_assigned(top, ada):
    key_result = make_key_result(top)
    key_result.track_by("room")
    with pytest.raises(PermissionDenied):
        assign(key_result, Objective(owner=ada, title="Impossible"))


def test_an_assigned_objective_stays_under_its_key_result(assigned, ada, cycle):
    objective = fresh(assigned[1])
    objective.parent = make_objective(ada, cycle, title="Elsewhere")
    with pytest.raises(ValidationError) as refused:
        objective.keep()
    assert "parent" in refused.value.message_dict


def test_an_assigned_objective_is_as_visible_as_what_it_moves(assigned):
    objective = fresh(assigned[1])
    objective.visibility = "confidential"
    with pytest.raises(ValidationError) as refused:
        objective.keep()
    assert "visibility" in refused.value.message_dict


def test_a_secret_objective_moves_a_secret_key_result_but_no_public_one(top, ada, ben, cycle):
    top.visibility = "confidential"
    top.keep()
    key_result = make_key_result(top, at="30")
    objective = Objective(owner=ben, title="Quietly", visibility="confidential")
    assign(key_result, objective)
    make_key_result(objective, at="50", title="Prepared")
    assert fresh(key_result).progress == 50
    above = fresh(top)
    above.visibility = "public"
    above.keep()
    KeyResult.objects.get(title="Prepared").check_in(
        by=ben, at=NOW, confidence="on_track", value=Decimal(90)
    )
    assert fresh(key_result).progress == 50
    assert is_right()
    above.visibility = "confidential"
    above.keep()
    assert fresh(key_result).progress == 90
    assert is_right()


def test_deleting_the_objective_gives_the_number_back(assigned, top):
    key_result, objective = assigned
    make_key_result(objective, at="80", title="Rehearsed")
    fresh(objective).remove()
    assert (fresh(key_result).progress, fresh(key_result).takes_value) == (Decimal(80), True)
    assert fresh(top).progress == 80
    assert is_right()


def test_deleting_the_key_result_leaves_the_objective_on_its_own(assigned, top):
    key_result, objective = assigned
    make_key_result(objective, at="80", title="Rehearsed")
    fresh(key_result).remove()
    assert (fresh(objective).parent, fresh(objective).progress) == (None, Decimal(80))
    assert fresh(top).progress is None
    assert is_right()


def test_deleting_what_is_above_leaves_the_objective_on_its_own(assigned, top):
    fresh(top).remove()
    left = fresh(assigned[1])
    assert (left.parent, left.assigned_from) == (None, None)
    assert is_right()


def test_a_new_target_keeps_the_share_of_an_assigned_key_result(assigned):
    key_result, objective = assigned
    make_key_result(objective, at="50", title="Rehearsed")
    moved = fresh(key_result)
    moved.target = Decimal(40)
    moved.keep()
    assert (moved.progress, moved.current) == (Decimal(50), Decimal(20))
    assert is_right()


def test_many_assigned_key_results_cost_the_same_statements_a_level(
    ben, cycle, django_assert_max_num_queries
):
    counts = []
    for size in (2, 12):
        top = make_objective(ben, cycle, title=f"Top of {size}")
        lower = []
        for _ in range(size):
            objective = Objective(owner=ben, title="Assigned")
            assign(make_key_result(top), objective)
            lower.append(make_key_result(objective, title="Read elsewhere"))
        ids = [each.pk for each in lower]
        KeyResult.objects.filter(pk__in=ids).track_by("room")
        with django_assert_max_num_queries(40) as statements:
            read(ids)
        counts.append(len(statements))
        assert fresh(top).progress == 40
    assert counts[0] == counts[1]


def read(ids):
    KeyResult.objects.measure([Reading(pk, Fraction(40)) for pk in ids], "room", NOW)
