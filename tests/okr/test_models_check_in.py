"""Check-ins are appended: confirmed, corrected, and recorded once however often they are sent."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from okr.models import CheckIn, KeyResult, Measurement
from okr.models.due import waiting, week_before
from okr.proof import derive_everything
from tests.cast import make_key_result, make_objective

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EARLIER = NOW - timedelta(hours=3)


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle))


def say(key_result, by, at=EARLIER, **said):
    said = {"confidence": "off_track", "value": Decimal(70), "note": "Typed too fast", **said}
    return key_result.check_in(by=by, at=at, **said)


def correct(check_in, by, at=NOW, **said):
    said = {"confidence": "on_track", "value": Decimal(60), "note": "It is sixty", **said}
    return check_in.correct(by=by, at=at, **said)


def values(rows):
    return [row.value for row in rows]


def test_a_correction_stands_in_the_place_of_what_it_corrects(key_result, ben):
    wrong = say(key_result, ben)
    right = correct(wrong, ben)

    key_result.refresh_from_db()
    assert (key_result.current, key_result.confidence) == (60, "on_track")
    assert key_result.objective.__class__.objects.get().progress == 60
    assert list(key_result.check_ins.standing()) == [right]
    assert (right.corrects, wrong.corrected_by) == (wrong, right)
    assert derive_everything().differences == []


def test_both_measurements_stay_and_the_history_follows_the_correction(key_result, ben):
    wrong = say(key_result, ben)
    right = correct(wrong, ben)

    assert values(key_result.measurements.in_order()) == [70, 60]
    assert values(key_result.measurements.standing()) == [60]
    assert right.measurement.at == wrong.measurement.at
    wrong.refresh_from_db()
    assert (wrong.note, wrong.confidence) == ("Typed too fast", "off_track")


def test_a_correction_can_be_corrected_and_its_value_stands_from_the_first(key_result, ben):
    first = say(key_result, ben)
    second = correct(first, ben, at=NOW - timedelta(hours=1))
    third = correct(second, ben, value=Decimal(55))

    assert values(key_result.measurements.standing()) == [55]
    assert third.measurement.at == EARLIER
    assert list(key_result.check_ins.standing()) == [third]


def test_a_value_corrected_after_something_was_measured_stands_from_now(key_result, ben):
    wrong = say(key_result, ben)
    between = NOW - timedelta(hours=1)
    Measurement.objects.create(key_result=key_result, value=1, progress=1, at=between, source="x")

    assert correct(wrong, ben).measurement.at == NOW


def test_a_corrected_judgement_alone_leaves_the_value(key_result, ben):
    wrong = say(key_result, ben)
    correct(wrong, ben, value=None)

    key_result.refresh_from_db()
    assert (key_result.current, key_result.confidence) == (70, "on_track")
    assert values(key_result.measurements.standing()) == [70]


def test_only_the_latest_can_be_corrected_and_only_once(key_result, ben):
    first = say(key_result, ben)
    second = say(key_result, ben, at=NOW)
    with pytest.raises(PermissionDenied):
        correct(first, ben)
    correct(second, ben)
    with pytest.raises(PermissionDenied):
        correct(second, ben)
    assert key_result.check_ins.count() == 3


@pytest.mark.parametrize("name", ["ada", "cleo", "olga"])
def test_nobody_corrects_what_another_said(request, key_result, ben, name):
    said = say(key_result, ben)
    with pytest.raises(PermissionDenied):
        correct(said, request.getfixturevalue(name))
    assert KeyResult.objects.get().current == 70


def test_nothing_is_corrected_in_a_closed_cycle(key_result, ben, cycle):
    said = say(key_result, ben)
    cycle.closed_at = NOW
    cycle.save()
    with pytest.raises(PermissionDenied):
        correct(said, ben)


def test_what_is_sent_twice_is_recorded_once(key_result, ben):
    token = uuid4()
    first = say(key_result, ben, token=token)
    assert say(key_result, ben, at=NOW, token=token) == first

    right, again = (correct(first, ben, token=token_of) for token_of in [uuid4()] * 2)
    assert right == again
    assert (CheckIn.objects.count(), Measurement.objects.count()) == (2, 2)


def test_no_change_says_so_and_keeps_value_and_confidence(key_result, ben):
    say(key_result, ben)
    token = uuid4()
    for _ in range(2):
        said = CheckIn.objects.confirm(key_result, by=ben, at=NOW, token=token)

    key_result.refresh_from_db()
    assert said.unchanged
    assert (said.confidence, key_result.confidence, key_result.current) == (*["off_track"] * 2, 70)
    assert (key_result.measured_at, key_result.checked_in_at) == (NOW, NOW)
    assert key_result.check_ins.count() == 2


def test_without_a_judgement_nothing_can_be_unchanged(key_result, ben):
    with pytest.raises(ValueError, match="Nobody has checked in"):
        CheckIn.objects.confirm(key_result, by=ben, at=NOW)


def test_no_change_of_a_tracked_one_claims_no_value(key_result, ben):
    say(key_result, ben)
    key_result.track_by("a tracker")
    assert CheckIn.objects.confirm(key_result, by=ben, at=NOW).measurement is None


@pytest.mark.parametrize(
    ("days", "hours", "waits"), [(7, -5, True), (7, 5, True), (6, 0, False), (0, 0, False)]
)
def test_it_waits_on_the_seventh_day_whatever_the_hour(key_result, ben, days, hours, waits):
    noon = timezone.localtime(NOW).replace(hour=12)
    say(key_result, ben, at=noon - timedelta(days=days, hours=hours))

    assert KeyResult.objects.filter(waiting(noon)).exists() is waits


def test_the_week_begins_with_a_day():
    noon = timezone.localtime(NOW).replace(hour=12)
    assert timezone.localtime(week_before(noon)).hour == 0
