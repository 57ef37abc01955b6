"""The graph of objectives: what moves what, what only helps, and that nothing goes round."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr import proof
from okr.models import Objective, assign, take_back
from okr.models.alignment import CIRCLE, edges_of, everything_below
from tests.cast import make_cycle, make_key_result, make_objective, make_person

NOW = timezone.now()
numbers = st.integers(0, 9)


def has_circle(edges):
    """By taking leaves away until nothing or only circles are left."""
    left = set(edges)
    while leaves := {edge for edge in left if edge[0] not in {upper for _, upper in left}}:
        left -= leaves
    return bool(left)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(numbers, numbers), max_size=60))
def test_edges_that_are_not_refused_never_close_a_circle(wanted):
    edges: list[tuple[int, int]] = []
    for lower, upper in wanted:
        if upper not in everything_below(lower, edges):
            edges.append((lower, upper))
    assert not has_circle(edges)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(numbers, numbers), max_size=60))
def test_only_edges_that_would_close_a_circle_are_refused(wanted):
    edges: list[tuple[int, int]] = []
    for lower, upper in wanted:
        refused = upper in everything_below(lower, edges)
        assert refused == has_circle([*edges, (lower, upper)])
        if not refused:
            edges.append((lower, upper))


@pytest.fixture
def top(ada, cycle):
    return make_objective(ada, cycle, title="Clinics stay online")


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def is_right():
    return proof.derive_everything().differences == []


def test_supporting_moves_nothing(top, ben, cycle):
    helper = make_objective(ben, cycle, title="Helps")
    make_key_result(helper, at="90")
    helper.support([top])
    assert (fresh(top).progress, list(top.supported_by.all())) == (None, [helper])
    assert is_right()


def test_a_circle_over_different_kinds_of_edges_is_refused(top, ben, cleo, cycle):
    objective = Objective(owner=ben, title="Make the failover boring")
    assign(make_key_result(top), objective)
    helped = make_objective(cleo, cycle, title="Helped")
    top.support([helped])
    below = make_objective(cleo, cycle, title="Below", parent=objective)
    for start, change in (
        (helped, lambda row: row.support([below])),
        (top, lambda row: row.support([row])),
        (objective, lambda row: row.support([below])),
    ):
        with pytest.raises(ValidationError) as refused:
            change(fresh(start))
        assert refused.value.message_dict == {"supports": [CIRCLE]}
    moved = fresh(helped)
    moved.parent = below
    with pytest.raises(ValidationError) as refused:
        moved.keep()
    assert refused.value.message_dict == {"parent": [CIRCLE]}


def test_another_cycle_cannot_be_supported(top, ben):
    with pytest.raises(ValidationError):
        make_objective(ben, make_cycle("Winter")).support([top])


@pytest.mark.parametrize("seed", range(8))
def test_whatever_people_do_nothing_goes_round_and_stored_equals_derived(ben, cycle, seed):
    chance = Random(seed)  # noqa: S311
    for number in range(7):
        make_objective(ben, cycle, title=f"Objective {number}")
    for _ in range(45):
        one, other = chance.choices(list(Objective.objects.all()), k=2)
        try:
            chance.choice(DEEDS)(one, other, chance, ben)
        except (ValidationError, PermissionDenied):
            continue
    assert not has_circle(edges_of(cycle.pk))
    assert is_right()


def contribute(one, other, chance, ben):
    one.parent, one.weight = chance.choice([other, None]), Decimal(chance.randint(0, 3))
    one.keep()


def hide(one, other, chance, ben):
    one.visibility = chance.choice(["public", "public", "confidential"])
    one.keep()


def measure(one, other, chance, ben):
    key_result = one.key_results.order_by("?").first() or make_key_result(one)
    if key_result.takes_value:
        value = Decimal(chance.randint(0, 100))
        key_result.check_in(by=ben, at=NOW, confidence="on_track", value=value)


def hand_on(one, other, chance, ben):
    assign(make_key_result(one), Objective(owner=ben, title="Assigned"))


def give_back(one, other, chance, ben):
    for key_result in one.key_results.all():
        take_back(key_result)


def drop(one, other, chance, ben):
    if chance.random() < 0.3:
        one.remove()


def help_on(one, other, chance, ben):
    one.support([other])


DEEDS = [
    contribute,
    contribute,
    measure,
    measure,
    hand_on,
    hide,
    give_back,
    drop,
    help_on,
]


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_close_a_circle_together():
    ben, cycle = make_person("Ben Okafor"), make_cycle()
    one, other = (make_objective(ben, cycle, title=title) for title in ("One", "Other"))
    start = Barrier(2)
    with ThreadPoolExecutor(2) as people:
        kept = list(
            people.map(lambda pair: put(pair[0], pair[1], start), [(one, other), (other, one)])
        )
    assert sorted(kept) == [False, True]
    assert not has_circle(edges_of(cycle.pk))


def put(below, above, start):
    try:
        row = fresh(below)
        row.parent = fresh(above)
        start.wait(timeout=30)
        row.keep()
    except ValidationError:
        return False
    finally:
        connection.close()
    return True
