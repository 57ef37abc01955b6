"""Milestones and thresholds: how their number follows, and who may move it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from okr.models import KeyResult, Kind, Milestone, TrackedElsewhereError
from tests.cast import make_key_result, make_objective

NOW = timezone.now()


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


@pytest.fixture
def plan(objective, cycle):
    """Three milestones, due after two, six and twelve weeks; the last counts twice."""
    key_result = KeyResult(
        objective=objective, owner=objective.owner, title="Open in Lyon", kind=Kind.MILESTONES
    )
    key_result.keep(
        milestones=[
            Milestone(title=title, due_on=cycle.starts_on + timedelta(weeks=weeks), weight=weight)
            for title, weeks, weight in (("Lease", 2, 1), ("Licence", 6, 1), ("Opening", 12, 2))
        ]
    )
    return key_result


def first(key_result):
    return key_result.milestones.all()[0]


def test_planned_milestones_stand_at_nothing(plan, objective):
    assert (plan.progress, plan.measured_at) == (Decimal(0), None)
    objective.refresh_from_db()
    assert objective.progress == 0


def test_reaching_one_moves_the_number_and_says_why(plan, objective, ben):
    assert plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    assert (plan.progress, plan.current, plan.measured_at) == (Decimal(25), Decimal(25), NOW)
    appended = plan.measurements.get()
    assert appended.why == {"reached": ["Lease"]}
    assert (appended.by, appended.progress) == (ben, Decimal(25))
    assert (first(plan).done_by, first(plan).done_at) == (ben, NOW)
    objective.refresh_from_db()
    assert objective.progress == 25


def test_reaching_it_twice_is_once(plan, ben):
    assert plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    assert not plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    assert plan.measurements.count() == 1


def test_one_that_is_open_again_takes_its_share_back(plan, ben):
    plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    assert plan.tick(first(plan).pk, done=False, by=ben, at=NOW)
    assert (plan.progress, first(plan).done_at, first(plan).done_by) == (Decimal(0), None, None)
    assert plan.measurements.last().why == {"reopened": ["Lease"]}


def test_a_check_in_reaches_several_at_once(plan, ben):
    ids = {each.pk for each in plan.milestones.all()[1:]}
    judged = plan.check_in(by=ben, at=NOW, confidence="on_track", reached=ids)
    assert plan.progress == 75
    assert judged.measurement is not None
    assert judged.measurement.why["reached"] == ["Licence", "Opening"]


def test_the_value_of_milestones_cannot_be_typed(plan, ben):
    with pytest.raises(TrackedElsewhereError):
        plan.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(90))


def test_a_new_plan_keeps_what_is_reached_and_derives_anew(plan, objective, ben, cycle):
    plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    plan.keep(milestones=[first(plan), Milestone(title="Party", due_on=cycle.ends_on)])
    plan.refresh_from_db()
    assert [each.title for each in plan.milestones.all()] == ["Lease", "Party"]
    assert plan.progress == 50
    objective.refresh_from_db()
    assert objective.progress == 50


def test_saving_without_a_word_about_milestones_leaves_them(plan):
    plan.title = "Open in Grenoble"
    plan.keep()
    assert plan.milestones.count() == 3


def test_milestones_expect_what_is_due_by_today(plan, cycle):
    days = [timedelta(weeks=weeks) for weeks in (1, 2, 6, 12)]
    expected = [plan.expected(Decimal(0), cycle.starts_on + day) for day in days]
    assert expected == [0, 25, 50, 100]


def test_nothing_is_reached_in_what_is_closed(plan, ben, cycle):
    cycle.closed_at = NOW
    cycle.save()
    with pytest.raises(PermissionDenied):
        plan.tick(first(plan).pk, done=True, by=ben, at=NOW)


@pytest.fixture
def uptime(objective):
    return make_key_result(
        objective,
        kind=Kind.STAY_ABOVE,
        start=Decimal(0),
        target=Decimal("99.5"),
        measured_in="%",
        title="The schedule answers",
    )


def test_a_threshold_without_a_value_is_not_measured_and_does_not_count(uptime, objective):
    assert uptime.progress is None
    objective.refresh_from_db()
    assert objective.progress is None
    make_key_result(objective, at="30")
    assert objective.progress == 30


@pytest.mark.parametrize(
    ("value", "progress", "suggested"), [("99.5", 100, "on_track"), ("99.4", 0, "off_track")]
)
def test_a_threshold_is_all_or_nothing(uptime, objective, ben, value, progress, suggested):
    assert uptime.suggestion(uptime.expected(Decimal(40), NOW.date())) == ""
    uptime.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(value))
    assert (uptime.progress, uptime.current) == (progress, Decimal(value))
    assert uptime.suggestion(uptime.expected(Decimal(40), NOW.date())) == suggested
    objective.refresh_from_db()
    assert objective.progress == progress


def test_a_moved_threshold_is_judged_by_the_last_value(uptime, ben):
    uptime.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(99))
    uptime.target = Decimal(98)
    uptime.keep()
    assert uptime.progress == 100


def test_a_threshold_may_be_zero(objective, ben):
    kept = make_key_result(objective, kind=Kind.STAY_BELOW, start=Decimal(0), target=Decimal(0))
    kept.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(1))
    assert kept.progress == 0


def test_an_integration_feeds_neither(plan, uptime):
    for key_result in (plan, uptime):
        assert not key_result.can_be_tracked
        key_result.track_by("room")
        assert key_result.tracked_by == ""
        with pytest.raises(IntegrityError), transaction.atomic():
            KeyResult.objects.filter(pk=key_result.pk).update(tracked_by="room")


def test_what_is_fed_does_not_become_a_threshold(objective):
    key_result = make_key_result(objective)
    key_result.track_by("room")
    key_result.kind = Kind.STAY_BELOW
    with pytest.raises(ValidationError) as refused:
        key_result.keep()
    assert "kind" in refused.value.message_dict


def test_stored_equals_derived_through_all_of_it(plan, uptime, ben, capsys):
    call_command("check_numbers")
    plan.tick(first(plan).pk, done=True, by=ben, at=NOW)
    uptime.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(99))
    call_command("check_numbers")
    plan.milestones.update(weight=0)
    plan.keep()
    assert plan.progress is None
    call_command("check_numbers")
    KeyResult.objects.filter(pk=uptime.pk).update(progress=Decimal(100))
    call_command("check_numbers", "--mend")
    uptime.refresh_from_db()
    assert uptime.progress == 0
