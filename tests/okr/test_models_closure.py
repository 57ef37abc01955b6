"""Closing an objective: what goes with it, what stands still, and how it is opened again."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from okr import proof
from okr.forms.check_ins import CheckInForm
from okr.forms.key_results import KeyResultForm
from okr.models import (
    Closure,
    Cycle,
    KeyResult,
    Notification,
    Objective,
    Reading,
    Visibility,
    assign,
)
from okr.models.closure import ALREADY_CLOSED, ClosedError
from okr.models.weights import weigh
from okr.progress import score
from tests.cast import make_cycle, make_key_result, make_objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def top(ada, cycle):
    return make_objective(ada, cycle, title="Top")


@pytest.fixture
def middle(ben, cycle, top):
    return make_objective(ben, cycle, title="Middle", parent=top)


@pytest.fixture
def leaf(ben, cycle, middle):
    return make_objective(ben, cycle, title="Leaf", parent=middle)


def close(objective, by, words="We learnt to ask earlier.", **judged):
    judged = {"score": Decimal("0.7"), "outcome": "close", **judged}
    return objective.close(by=by, at=timezone.now(), retrospective=words, **judged)


def closed():
    return set(Objective.objects.exclude(closure=None).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (None, "0.0"),
        ("0", "0.0"),
        ("0.0001", "0.1"),
        ("14.9999", "0.1"),
        ("15", "0.2"),
        ("62", "0.6"),
        ("65", "0.7"),
        ("99.9999", "0.9"),
        ("100", "1.0"),
    ],
)
def test_a_progress_becomes_a_score(progress, expected):
    assert str(score(None if progress is None else Decimal(progress))) == expected


def test_what_is_aligned_under_it_closes_with_it_at_any_depth(ada, top, middle, leaf):
    make_key_result(leaf, at="62")
    make_key_result(middle, at="100")
    close(top, ada)
    assert closed() == {"Top", "Middle", "Leaf"}
    below = Closure.objects.get(objective=leaf)
    assert (below.score, below.retrospective) == (Decimal("0.6"), "")
    assert below.with_objective == top
    assert Closure.objects.get(objective=top).with_objective is None


def test_what_was_closed_before_keeps_its_own_words(ada, ben, top, middle, leaf):
    close(leaf, ben, "Our own words.", score=Decimal("0.2"))
    close(top, ada)
    own = Closure.objects.get(objective=leaf)
    assert (own.retrospective, own.with_objective) == ("Our own words.", None)


def test_what_is_above_stays_open_and_keeps_moving(ada, ben, top, middle, leaf):
    close(leaf, ben)
    make_key_result(middle, at="40")
    assert closed() == {"Leaf"}
    assert Objective.objects.editable_by(ada).filter(pk__in=[top.pk, middle.pk]).count() == 2


def test_nothing_moves_in_a_closed_objective(ada, top):
    by_hand, tracked = make_key_result(top, at="30"), make_key_result(top)
    tracked.track_by("probe")
    close(top, ada)
    assert not Objective.objects.editable_by(ada).exists()
    assert not KeyResult.objects.editable_by(ada).exists()
    reading = Reading(tracked.pk, Fraction(50))
    assert KeyResult.objects.measure([reading], "probe", timezone.now()) == 0
    with pytest.raises(PermissionDenied):
        by_hand.check_in(by=ada, at=timezone.now(), confidence="on_track", value=Decimal(80))
    assert proof.derive_everything().differences == []


def test_every_verb_is_refused_once_it_is_closed(ada, ben, top, middle):
    now, number = timezone.now(), make_key_result(top)
    stale = Objective.objects.get(pk=top.pk)
    close(top, ada)
    stale.title = number.title = "Changed"
    verbs: list[Callable[[], object]] = [
        partial(stale.keep, by=ada, at=now),
        partial(stale.tag, ["Late"]),
        partial(stale.support, []),
        stale.remove,
        partial(number.keep, by=ada, at=now),
        number.remove,
        partial(number.tick, 1, done=True, by=ada, at=now),
        partial(number.check_in, by=ada, at=now, confidence="on_track"),
        partial(weigh, stale, [], by=ada, at=now),
        partial(assign, number, Objective(owner=ben, title="Handed on"), by=ada, at=now),
        make_key_result(make_objective(ada, make_cycle("Old"))).remove,
    ]
    Cycle.objects.filter(name="Old").update(closed_at=now)
    for verb in verbs:
        with pytest.raises(ClosedError):
            verb()
    assert not KeyResult.objects.filter(title="Changed").exists()
    assert set(top.children.all()) == {middle}


def test_a_form_says_that_it_was_closed_meanwhile(ada, top):
    number = make_key_result(top)
    sent = {"title": "Changed", "kind": "percent", "owner": str(ada.pk), "weight": "1"}
    form = KeyResultForm({**sent, "start": "0", "target": "50"}, person=ada, instance=number)
    said = CheckInForm(
        {"confidence": "on_track", "value": "4"}, key_result=number, expected=Decimal(0)
    )
    assert form.is_valid()
    assert said.is_valid()
    close(top, ada)
    assert not form.kept(at=timezone.now())
    assert not said.keep(by=ada, at=timezone.now())
    assert form.non_field_errors() == said.non_field_errors() == [ALREADY_CLOSED]


def test_whose_objectives_went_along_are_told_once(ada, ben, cleo, cycle, top, middle, leaf):
    secret = make_objective(ada, cycle, title="Secret", visibility=Visibility.CONFIDENTIAL)
    Objective.objects.filter(pk=top.pk).update(parent=secret)
    theirs = make_objective(cleo, cycle, parent=top)
    close(secret, ada)
    told = Notification.objects.filter(kind="closed").order_by("person")
    assert {each.person: each.objective for each in told} == {ben: middle, cleo: theirs}
    assert len(told) == 2


def test_who_had_something_open_in_a_closed_cycle_is_told_once(olga, ben, cycle, middle, leaf):
    cycle.close(by=olga, at=timezone.now())
    [told] = Notification.objects.filter(kind="closed", person=ben)
    assert "Autumn is closed" in told.words


def test_it_is_closed_once(ada, olga, top):
    again = Objective.objects.get(pk=top.pk)
    close(top, ada)
    with pytest.raises(PermissionDenied):
        close(again, olga, "Others were quicker.")


def test_words_can_be_added_to_what_was_closed_with_something_else(ada, ben, top, leaf):
    close(top, ada)
    assert Objective.objects.closable_by(ben).filter(pk=leaf.pk).exists()
    said = close(leaf, ben, "Ours, later.", score=Decimal("0.9"))
    assert (said.retrospective, said.with_objective, said.by) == ("Ours, later.", None, ben)
    assert not Objective.objects.closable_by(ben).filter(pk=leaf.pk).exists()


def test_opening_it_again_opens_what_was_closed_with_it(ada, ben, top, middle, leaf):
    close(leaf, ben)
    close(top, ada)
    top.reopen(by=ada, at=timezone.now())
    assert closed() == {"Leaf"}


def test_below_a_closed_objective_nothing_is_opened(ada, top, middle):
    close(top, ada)
    with pytest.raises(PermissionDenied):
        middle.reopen(by=ada, at=timezone.now())
    assert closed() == {"Top", "Middle"}


def test_what_hangs_below_words_of_its_own_stays_closed(ada, ben, top, middle, leaf):
    close(top, ada)
    close(middle, ben, "Added later.")
    top.reopen(by=ada, at=timezone.now())
    assert closed() == {"Middle", "Leaf"}


def test_nothing_is_aligned_under_a_closed_objective(ada, ben, cycle, top):
    close(top, ada)
    with pytest.raises(ValidationError, match="That objective is closed"):
        make_objective(ben, cycle, title="Too late", parent=Objective.objects.get(pk=top.pk))


def test_managers_and_admins_may_open_it_again_its_owner_may_not(ada, ben, cleo, olga, middle):
    close(middle, ben)
    may = {person for person in (ada, ben, cleo, olga) if _may_reopen(person, middle)}
    assert may == {ada, olga}


def _may_reopen(person, objective):
    return Objective.objects.reopenable_by(person).filter(pk=objective.pk).exists()


@pytest.mark.parametrize("wrong", [{"score": Decimal("1.1")}, {"outcome": "perhaps"}])
def test_the_database_takes_no_odd_closure(ada, top, wrong):
    row = Closure.of(top, by=ada, at=timezone.now())
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
