"""A key result: the verbs that move its number, and what holds in the database too."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from okr.models import KeyResult, Kind, Measurement, Reading, TrackedElsewhereError
from tests.cast import make_key_result, make_objective

SOURCE = "room"
NOW = timezone.now()


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def test_a_new_key_result_stands_at_its_start(objective):
    days = make_key_result(objective, kind=Kind.NUMBER, start=Decimal(9), target=Decimal(4))
    assert (days.current, days.progress, days.measured_at) == (Decimal(9), Decimal(0), None)
    assert objective.progress == 0


def test_a_check_in_appends_a_judgement_and_a_value(objective, ben):
    days = make_key_result(objective, start=Decimal(9), target=Decimal(4))
    judged = days.check_in(
        by=ben, at=NOW, confidence="at_risk", note="Two clinics answered late.", value=Decimal(7)
    )
    assert (days.current, days.progress, days.measured_at) == (Decimal(7), Decimal(40), NOW)
    assert (days.confidence, days.checked_in_at) == ("at_risk", NOW)
    assert judged.measurement is not None
    assert (judged.measurement.value, judged.measurement.progress) == (Decimal(7), Decimal(40))
    assert (judged.measurement.by, judged.measurement.source) == (ben, "")
    objective.refresh_from_db()
    assert objective.progress == 40


def test_a_judgement_without_a_value_moves_no_number(objective, ben):
    key_result = make_key_result(objective, at="30")
    judged = key_result.check_in(by=ben, at=NOW, confidence="off_track", note="Nobody is free.")
    assert judged.measurement is None
    assert (key_result.progress, key_result.confidence) == (Decimal(30), "off_track")
    assert key_result.measurements.count() == 1


def test_a_check_in_on_a_stale_copy_keeps_what_was_written_since(objective, ben):
    stale = make_key_result(objective, at="30")
    KeyResult.objects.filter(pk=stale.pk).update(title="Renamed meanwhile")
    stale.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(35))
    assert stale.title == "Renamed meanwhile"


def test_a_tracked_key_result_takes_no_value_by_hand(objective, ben):
    key_result = make_key_result(objective, at="30")
    key_result.track_by(SOURCE)
    with pytest.raises(TrackedElsewhereError):
        key_result.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(90))
    key_result.refresh_from_db()
    assert (key_result.progress, key_result.measurements.count()) == (Decimal(30), 1)
    key_result.check_in(by=ben, at=NOW, confidence="at_risk", note="The judgement stays mine.")
    assert key_result.confidence == "at_risk"


def test_a_reading_moves_the_number_and_says_why(objective):
    key_result = make_key_result(objective, start=Decimal(20), target=Decimal(60))
    key_result.track_by(SOURCE)
    reading = Reading(key_result.pk, Fraction(800, 13), {"done": 7})
    assert KeyResult.objects.measure([reading], SOURCE, NOW) == 1
    key_result.refresh_from_db()
    assert key_result.progress == Decimal("61.5385")
    assert key_result.current == Decimal("44.6154")
    appended = Measurement.objects.get()
    assert (appended.source, appended.why, appended.by) == (SOURCE, {"done": 7}, None)
    objective.refresh_from_db()
    assert objective.progress == Decimal("61.5385")


def test_a_reading_moves_only_what_its_source_tracks(objective):
    by_hand, elsewhere = make_key_result(objective, at="30"), make_key_result(objective, at="30")
    elsewhere.track_by("another room")
    readings = [Reading(by_hand.pk, Fraction(90)), Reading(elsewhere.pk, Fraction(90))]
    assert KeyResult.objects.measure(readings, SOURCE, NOW) == 0
    assert set(KeyResult.objects.values_list("progress", flat=True)) == {Decimal(30)}


def test_a_reading_moves_nothing_in_a_closed_cycle(objective, cycle):
    key_result = make_key_result(objective, at="30")
    key_result.track_by(SOURCE)
    cycle.closed_at = NOW
    cycle.save()
    assert KeyResult.objects.measure([Reading(key_result.pk, Fraction(90))], SOURCE, NOW) == 0
    key_result.refresh_from_db()
    assert key_result.progress == 30


def test_a_second_room_does_not_take_over(objective):
    key_result = make_key_result(objective)
    key_result.track_by(SOURCE)
    key_result.track_by("another room")
    assert key_result.tracked_by == SOURCE


def test_untracking_keeps_the_number_and_opens_the_field(objective, ben):
    key_result = make_key_result(objective)
    key_result.track_by(SOURCE)
    KeyResult.objects.measure([Reading(key_result.pk, Fraction(800, 13))], SOURCE, NOW)
    key_result.untrack()
    assert (key_result.tracked_by, key_result.progress) == ("", Decimal("61.5385"))
    key_result.check_in(by=ben, at=NOW, confidence="on_track", value=Decimal(70))
    assert key_result.progress == 70


def test_untracking_what_is_entered_by_hand_changes_nothing(objective):
    make_key_result(objective, at="30")
    assert KeyResult.objects.all().untrack() == 0


def test_a_changed_target_moves_the_progress_of_a_number_by_hand(objective):
    key_result = make_key_result(objective, at="30")
    key_result.target = Decimal(60)
    key_result.keep()
    assert (key_result.current, key_result.progress) == (Decimal(30), Decimal(50))
    objective.refresh_from_db()
    assert objective.progress == 50


def test_a_changed_target_moves_the_value_of_a_tracked_number(objective):
    key_result = make_key_result(objective)
    key_result.track_by(SOURCE)
    KeyResult.objects.measure([Reading(key_result.pk, Fraction(50))], SOURCE, NOW)
    key_result.refresh_from_db()
    key_result.target = Decimal(40)
    key_result.keep()
    assert (key_result.current, key_result.progress) == (Decimal(20), Decimal(50))


def test_keeping_a_stale_copy_does_not_take_a_reading_back(objective):
    stale = make_key_result(objective)
    stale.track_by(SOURCE)
    KeyResult.objects.measure([Reading(stale.pk, Fraction(50))], SOURCE, NOW)
    stale.title = "Fewer patients wait in vain"
    stale.keep()
    stale.refresh_from_db()
    assert stale.title == "Fewer patients wait in vain"
    assert (stale.progress, stale.measured_at) == (Decimal(50), NOW)


def test_a_key_result_that_moves_counts_in_the_new_place_alone(objective, ben, cycle):
    other = make_objective(ben, cycle, title="Payroll needs no corrections")
    key_result = make_key_result(objective, at="30")
    key_result.objective = other
    key_result.keep()
    objective.refresh_from_db()
    other.refresh_from_db()
    assert (objective.progress, other.progress) == (None, Decimal(30))


def test_a_removed_key_result_no_longer_counts(objective):
    make_key_result(objective, at="30")
    make_key_result(objective, at="90").remove()
    objective.refresh_from_db()
    assert objective.progress == 30


def test_a_start_equal_to_the_target_is_refused_with_a_sentence(objective):
    with pytest.raises(ValidationError) as refused:
        make_key_result(objective, start=Decimal(5), target=Decimal(5))
    assert refused.value.message_dict == {"target": ["The target must differ from the start."]}


@pytest.mark.parametrize(
    "impossible",
    [{"start": 100}, {"weight": -1}, {"progress": 101}, {"progress": -1}],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(objective, impossible):
    key_result = make_key_result(objective)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyResult.objects.filter(pk=key_result.pk).update(**impossible)


def test_what_was_known_at_a_moment(objective, ben):
    key_result = make_key_result(objective)
    for week, value in enumerate((10, 25, 20)):
        at = NOW - timedelta(weeks=3 - week)
        key_result.check_in(by=ben, at=at, confidence="on_track", value=Decimal(value))
    known = key_result.measurements.until(NOW - timedelta(weeks=2)).in_order()
    assert [int(measurement.value) for measurement in known] == [10, 25]


def statements_of_a_batch(objective, size, counted):
    rows = [
        KeyResult(objective=objective, owner=objective.owner, title=f"{n}", current=0)
        for n in range(size)
    ]
    made = KeyResult.objects.bulk_create(rows, batch_size=500)
    ids = [key_result.pk for key_result in made]
    KeyResult.objects.filter(pk__in=ids).track_by(SOURCE)
    with counted() as statements:
        readings = [Reading(pk, Fraction(40)) for pk in ids]
        assert KeyResult.objects.measure(readings, SOURCE, NOW) == size
    return len(statements)


def test_two_thousand_readings_are_a_handful_of_statements(
    objective, django_assert_max_num_queries
):
    # SQLite alone splits a bulk statement by its number of variables.
    few = statements_of_a_batch(objective, 20, lambda: django_assert_max_num_queries(12))
    many = statements_of_a_batch(objective, 2_000, lambda: django_assert_max_num_queries(60))
    assert few <= 12
    assert many <= 60
    objective.refresh_from_db()
    assert objective.progress == 40
