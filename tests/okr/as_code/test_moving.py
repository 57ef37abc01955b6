"""A file hands a key result on: to a new objective, to one that is there, and back."""

import pytest

from okr.as_code.comparing import WITH_WHAT_IT_MOVES
from okr.as_code.exporting import export
from okr.as_code.plan import apply
from okr.models import Change, KeyResult, Objective
from okr.models.alignment import SEEN_BY_ALL
from okr.models.assignment import CANNOT_BE_ASSIGNED
from tests.cast import make_key_result, make_objective
from tests.okr.as_code.sent import faults, order


@pytest.fixture
def text(ben, cycle):
    """What Ben sees: an objective of his with a number that has moved."""
    objective = make_objective(ben, cycle, title="Calm releases")
    make_key_result(objective, "40", title="Lead time")
    return export(ben)


def test_a_key_result_is_assigned_on_by_a_new_objective_taken_back_and_given_again(
    ada, ben, cycle, text
):
    more = f"""
  faster:
    title: Faster
    moves: calm-releases/lead-time
    cycle: autumn
    owner: {ben.email}
    tags: [speed]
"""
    apply(order(ada, text + more))

    faster = Objective.objects.get(title="Faster")
    assert faster.key == "faster"
    moved = Objective.objects.filter(assigned_from__key="lead-time", parent__key="calm-releases")
    assert list(moved) == [faster]
    whole = export(ada)
    back = whole.replace("    moves: calm-releases/lead-time\n", "")
    apply(order(ada, back))
    faster.refresh_from_db()
    assert (faster.assigned_from, faster.parent) == (None, None)
    apply(order(ada, whole))
    assert list(moved) == [faster]
    assert export(ada) == whole


def test_an_objective_hands_what_it_moves_to_another(ada, ben, cycle, text):
    """In the order of their keys the new one comes first: what it takes is free by then."""
    key_result = KeyResult.objects.get()
    make_objective(ben, cycle, title="A successor")
    make_objective(
        ben, cycle, title="Before", assigned_from=key_result, parent=key_result.objective
    )
    moves = "    moves: calm-releases/lead-time\n"
    without = export(ada).replace(moves, "")
    changed = without.replace("  a-successor:\n", f"  a-successor:\n{moves}")

    apply(order(ada, changed))

    moving = Objective.objects.filter(assigned_from=key_result)
    assert [each.title for each in moving] == ["A successor"]
    history = Change.objects.filter(key_result=key_result, field="assigned").order_by("pk")
    told = history.values_list("before_objective__title", "after_objective__title")
    assert list(told) == [("Before", None), (None, "A successor")]


def test_what_an_objective_cannot_move_is_told_at_its_line(ada, ben, cycle, text):
    KeyResult.objects.update(kind="milestones")
    make_objective(ben, cycle, title="Other")

    def refused(*lines):
        more = "".join(f"    {each}\n" for each in lines)
        told = faults(ada, export(ada).replace("  other:\n", f"  other:\n{more}"))
        return [each.partition(": ")[2] for each in told]

    assert refused("moves: calm-releases/lead-time") == [
        f"objectives.other.moves: {CANNOT_BE_ASSIGNED}"
    ]
    elsewhere = refused("moves: calm-releases/lead-time", "parent: other")
    assert elsewhere == [f"objectives.other.parent: {WITH_WHAT_IT_MOVES}"]
    KeyResult.objects.update(kind="number")
    secret = refused("moves: calm-releases/lead-time", "visibility: confidential")
    assert secret == [f"objectives.other.visibility: {SEEN_BY_ALL}"]
