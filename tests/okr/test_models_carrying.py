"""Carrying forward: what goes on, from where, tied as before, and only once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from okr import proof, slots
from okr.models import KeyResult, Kind, Milestone, Objective, Tag, Visibility
from okr.models.assignment import assign
from okr.models.carrying import carry_on
from okr.pages.changes import sentence
from tests.cast import make_cycle, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(cycle):
    return make_cycle("Winter", starts_on=date(2090, 1, 1), ends_on=date(2090, 3, 31))


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle, title="Clinics stay online", weight=3, description="Why.")


def carried(objective, target, by):
    [new] = carry_on([objective], target, by)
    new.refresh_from_db()
    return new


def rows_of(objective):
    rows = objective.key_results.order_by("pk")
    return [(each.title, each.start, each.target, each.progress) for each in rows]


def test_numbers_by_hand_start_where_they_stand(olga, objective, target):
    make_key_result(objective, title="Rising", at="45", start=0, target=80, weight=2)
    make_key_result(objective, title="Falling", at="5", start=19, target=2, kind=Kind.NUMBER)
    make_key_result(objective, title="Reached", at="80", target=80)
    make_key_result(objective, title="Not begun", start=10, target=20)
    make_key_result(objective, title="Not yet", kind=Kind.YES_NO, start=0, target=1)
    make_key_result(objective, title="Done", kind=Kind.YES_NO, start=0, target=1, at="1")
    new = carried(objective, target, olga)
    assert rows_of(new) == [
        ("Rising", 45, 80, 0),
        ("Falling", 5, 2, 0),
        ("Not begun", 10, 20, 0),
        ("Not yet", 0, 1, 0),
    ]
    assert new.progress == 0
    assert new.key_results.get(title="Rising").weight == 2
    assert proof.derive_everything().differences == []


def test_the_old_one_stays_as_it_was(olga, objective, target):
    old = make_key_result(objective, at="45")
    before = Objective.objects.values().get(pk=objective.pk)
    carry_on([objective], target, olga)
    assert Objective.objects.values().get(pk=objective.pk) == before
    assert rows_of(objective) == [(old.title, 0, 100, 45)]
    assert old.check_ins.count() == 1


def test_what_it_is_and_who_owns_it_stay(olga, ada, ben, cleo, cycle, target):
    secret = make_objective(
        ben, cycle, visibility=Visibility.CONFIDENTIAL, viewers=[cleo], weight=3
    )
    make_key_result(secret, owner=ada)
    Tag.objects.put_on(secret, ["Quality", "Clinics"])
    new = carried(secret, target, olga)
    assert [each.tag.name for each in new.taggings.all()] == ["Quality", "Clinics"]
    assert (new.owner, new.weight, new.visibility) == (ben, 3, Visibility.CONFIDENTIAL)
    assert list(new.viewers.all()) == [cleo]
    assert new.carried_from == secret
    assert new.key_results.get().owner == ada
    assert new.key_results.get().carried_from == secret.key_results.get()


def test_what_is_fed_keeps_its_range_and_is_offered_to_who_feeds_it(olga, objective, target):
    fed = make_key_result(objective, title="Fed", start=10, target=90)
    KeyResult.objects.filter(pk=fed.pk).update(
        tracked_by="probe", progress=50, current=50, measured_at=timezone.now()
    )
    whole = make_key_result(objective, title="Whole")
    KeyResult.objects.filter(pk=whole.pk).update(tracked_by="probe", progress=100)
    offered: list[tuple[KeyResult, KeyResult]] = []
    with slots.filled("key_results.carried", offered.extend):
        new = carried(objective, target, olga)
    assert rows_of(new) == [("Fed", 10, 90, 0)]
    assert [(old.pk, copy.carried_from_id) for old, copy in offered] == [(fed.pk, fed.pk)]


def test_only_what_is_undone_of_milestones_goes_on_at_the_same_time(olga, objective, target):
    began, week = objective.cycle.starts_on, timedelta(weeks=1)
    steps = KeyResult(objective=objective, owner=objective.owner, title="Steps", kind="milestones")
    planned = [Milestone(title=str(n), due_on=began + n * week, weight=n) for n in (1, 2, 3)]
    steps.keep(milestones=planned)
    all_done = KeyResult(objective=objective, owner=objective.owner, title="All", kind="milestones")
    all_done.keep(milestones=[Milestone(title="4", due_on=began)])
    Milestone.objects.filter(title__in="24").update(done_at=timezone.now())
    new = carried(objective, target, olga).key_results.get()
    assert new.progress == 0
    left = [(each.title, each.weight, each.due_on) for each in new.milestones.all()]
    assert left == [("1", 1, date(2090, 1, 8)), ("3", 3, date(2090, 1, 22))]


def test_thresholds_stay(olga, objective, target):
    make_key_result(objective, kind=Kind.STAY_BELOW, start=0, target=5, at="3")
    new = carried(objective, target, olga)
    assert rows_of(new) == [("Fewer missed appointments", 0, 5, None)]
    assert new.progress is None
    assert proof.derive_everything().differences == []


def test_the_alignment_among_the_carried_is_restored(olga, ada, ben, cycle, target):
    top = make_objective(ada, cycle, title="Top")
    below = make_objective(ben, cycle, title="Below", parent=top)
    alone = make_objective(ben, cycle, title="Not carried")
    orphan = make_objective(ben, cycle, title="Orphan", parent=alone)
    below.support([orphan])
    new = {each.title: each for each in carry_on([below, orphan, top], target, olga)}
    assert new["Below"].parent_id == new["Top"].pk
    assert new["Orphan"].parent_id is None
    assert list(new["Below"].supports.all()) == [new["Orphan"]]


def test_what_follows_later_finds_its_place(olga, ada, ben, cycle, target):
    top = make_objective(ada, cycle, title="Top")
    below = make_objective(ben, cycle, title="Below", parent=top)
    new_top = carried(top, target, olga)
    assert carried(below, target, olga).parent == new_top


def test_an_assigned_objective_goes_on_moving_its_key_result(olga, ada, ben, cycle, target):
    top = make_objective(ada, cycle, title="Top")
    source = make_key_result(top, title="Handed on", start=10, target=90)
    assigned = Objective(owner=ben, cycle=cycle, title="Ben's part")
    assign(source, assigned)
    make_key_result(assigned, at="50")
    new = {each.title: each for each in carry_on([top, assigned], target, olga)}
    moved = KeyResult.objects.get(objective=new["Top"])
    assert Objective.objects.get(pk=new["Ben's part"].pk).assigned_from == moved
    assert [moved.start, moved.target] == [10, 90]
    assert proof.derive_everything().differences == []


def test_it_is_carried_once_into_a_cycle(olga, objective, target):
    carry_on([objective], target, olga)
    assert carry_on([objective], target, olga) == []
    assert carry_on([objective], objective.cycle, olga) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.create(cycle=target, owner=olga, title="Twice", carried_from=objective)
    other = make_cycle("Spring", starts_on=date(2090, 4, 1), ends_on=date(2090, 6, 30))
    assert len(carry_on([objective], other, olga)) == 1


def test_a_closed_cycle_takes_nothing_in(olga, objective, target):
    target.close(by=olga, at=timezone.now())
    with pytest.raises(PermissionDenied):
        carry_on([objective], target, olga)


def test_what_somebody_left_behind_goes_to_who_they_reported_to(olga, ada, ben, objective, target):
    dev = make_person("Dev Patel", reports_to=ben)
    theirs = make_objective(dev, objective.cycle, title="Dev's")
    make_key_result(theirs, owner=dev)
    type(dev).objects.filter(pk__in=[dev.pk, ben.pk]).update(is_active=False)
    new = carried(theirs, target, olga)
    assert new.owner == ada
    assert new.key_results.get().owner == ada


def test_it_costs_the_same_for_3_and_for_30(
    olga, ben, cycle, target, django_assert_max_num_queries
):
    for count in (3, 30):
        objectives = [make_objective(ben, cycle, title=str(n)) for n in range(count)]
        for each in objectives:
            make_key_result(each, at=Decimal(20))
        with django_assert_max_num_queries(30):
            assert len(carry_on(objectives, target, olga)) == count


def test_who_carried_it_is_in_its_history(objective, target, olga):
    [new] = carry_on([objective], target, olga, at=timezone.now())
    [change] = new.changes.all()
    assert (change.by, sentence(change, {})) == (olga, f"carried it forward from {objective.cycle}")
