"""What happens is written down for the webhooks that listen, in the transaction that does it."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okr.fiscal import quarters
from okr.models import (
    Comment,
    Cycle,
    Delivery,
    Happening,
    Happens,
    InTheWayError,
    KeyResult,
    Reading,
    Unit,
)
from okr.models.carrying import carry_on
from tests.cast import adopt, make_cycle, make_key_result, make_objective, make_person
from tests.okr.webhooks.stage import NOW, make_hook


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def kinds() -> list[str]:
    return list(Happening.objects.order_by("pk").values_list("kind", flat=True))


def test_without_a_webhook_nothing_is_written(objective):
    make_key_result(objective, at="40")

    assert kinds() == []


def test_each_verb_of_an_objective_is_told_once(ben, ada, olga, cycle):
    make_hook()
    objective = make_objective(ben, cycle)
    key_result = make_key_result(objective, at="40")
    objective.title = "Clinics love the schedule"
    objective.keep(by=ben, at=NOW)
    key_result.refresh_from_db()
    key_result.keep(by=ben, at=NOW)
    comment = Comment.objects.say(key_result, by=ada, at=NOW, words="Well done")
    comment.reword("Well done, all", NOW)
    comment.remove(by=olga, at=NOW)
    comment.remove(by=olga, at=NOW)
    half = Decimal("0.5")
    objective.review(by=ada, at=NOW, rating=4, comment="Bold.", outcome="continue")
    objective.close(by=ben, at=NOW, score=half, retrospective="Good.", outcome="close")
    objective.reopen(by=ada, at=NOW)
    key_result.remove(by=ben, at=NOW)
    objective.remove()

    assert kinds() == [
        *("objective.added", "key_result.added", "check_in.added", "objective.changed"),
        *("key_result.changed", "comment.added", "comment.changed", "comment.deleted"),
        *("review.given", "objective.closed", "objective.reopened"),
        *("key_result.deleted", "objective.deleted"),
    ]


def test_each_verb_of_the_company_is_told_once(ada, ben, olga):
    make_hook()
    spring = make_cycle("Spring")
    spring.keep()
    spring.close(by=olga, at=NOW)
    spring.reopen()
    spring.remove()
    care = Unit(name="Care", lead=ada)
    care.keep()
    care.keep()
    care.remove()
    Cycle.objects.make(quarters(2031, 1))
    noor = make_person("Noor New")
    noor.keep()
    noor.set_for_themselves(name="Noor Newer", time_zone="", theme="dark")
    noor.set_for_themselves(name="Noor Newer", time_zone="", theme="light")
    noor.leave(by=olga, at=NOW)
    noor.come_back()

    assert kinds() == [
        *("cycle.changed", "cycle.closed", "cycle.reopened", "cycle.deleted"),
        *("unit.added", "unit.changed", "unit.deleted", *["cycle.added"] * 4),
        *("person.added", "person.changed", "person.changed"),
        *("person.left", "person.returned"),
    ]


def test_a_cycle_or_unit_that_stays_is_not_told_as_deleted(ben, objective):
    make_hook(events=[Happens.CYCLE_DELETED, Happens.UNIT_DELETED])

    assert not objective.cycle.remove()
    with pytest.raises(InTheWayError):
        ben.unit.remove()
    assert kinds() == []


def test_of_people_is_told_what_the_directory_tells_everybody(olga, ben):
    make_hook(events=[Happens.PERSON_LEFT])
    ben.leave(by=olga, at=NOW)
    told = Happening.objects.get().body

    assert told["by"] == {"id": olga.pk, "name": "Olga Petrenko"}
    assert told["person"] == {
        "id": ben.pk, "name": "Ben Okafor", "email": ben.email, "designation": ben.designation,
        "unit": {"id": ben.unit_id, "name": "Platform"}, "is_active": False,
    }  # fmt: skip


def test_a_number_that_an_integration_moves_is_told_with_where_it_came_from(ben, objective):
    make_hook(events=[Happens.KEY_RESULT_MEASURED])
    key_result = make_key_result(objective, at="40")
    key_result.track_by("gauge")
    readings = [Reading(key_result.pk, Fraction(55))]
    KeyResult.objects.measure(readings, "gauge", NOW)
    KeyResult.objects.measure(readings, "gauge", NOW)  # and no further

    told = Happening.objects.get().body
    assert told["by"] is None
    assert told["moved"] == {"source": "gauge", "progress_before": "40.0000"}
    assert (told["key_result"]["current"], told["key_result"]["progress"]) == (
        "55.000000",
        "55.0000",
    )
    assert told["objective"]["progress"] == "55.0000"


def test_a_number_that_is_entered_without_a_check_in_is_told(ben, objective):
    make_hook(events=[Happens.KEY_RESULT_MEASURED])
    make_key_result(objective).enter(Decimal(30), by=ben, at=NOW)

    told = Happening.objects.get().body
    assert told["by"] == {"id": ben.pk, "name": "Ben Okafor"}
    assert told["moved"] == {"source": None, "progress_before": "0.0000"}


def test_many_numbers_are_told_in_as_many_statements_as_few(ben, cycle):
    make_hook()
    secret = make_objective(ben, cycle, visibility="confidential")
    objective = make_objective(ben, cycle)

    def statements(count, share):
        made = [make_key_result(objective, title=f"Row {row}") for row in range(count)]
        made.append(make_key_result(secret))
        KeyResult.objects.filter(pk__in=[each.pk for each in made]).track_by("gauge")
        Happening.objects.all().delete()
        readings = [Reading(each.pk, Fraction(share)) for each in made]
        with CaptureQueriesContext(connection) as asked:
            KeyResult.objects.measure(readings, "gauge", NOW)
        assert kinds() == ["key_result.measured"] * count
        return len(asked)

    assert statements(3, 10) == statements(30, 20)


def test_what_is_carried_forward_is_told(ben, objective):
    make_key_result(objective, at="40")
    make_hook()
    carry_on([objective], make_cycle("Later", NOW.date() + timedelta(days=100)), ben, at=NOW)

    assert kinds() == ["objective.added", "key_result.added"]


def test_the_body_names_what_happened_and_where(ben, objective):
    make_hook(events=[Happens.CHECK_IN_ADDED])
    key_result = make_key_result(objective, at="40")
    told = Happening.objects.get().body

    assert told["by"] == {"id": ben.pk, "name": "Ben Okafor"}
    assert told["check_in"]["value"] == "40.000000"
    assert told["key_result"]["id"] == key_result.pk
    assert told["objective"]["progress"] == "40.0000"
    assert told["objective"]["url"].endswith(f"/objectives/{objective.pk}/")


def test_a_webhook_is_told_only_of_what_it_listens_to_and_while_it_is_on(objective):
    listens, _ = make_hook(events=[Happens.KEY_RESULT_ADDED])
    make_hook(name="Off", is_on=False)
    make_key_result(objective, at="40")

    assert [each.hook for each in Delivery.objects.all()] == [listens]


@pytest.mark.parametrize(
    ("readers", "fields", "hidden"),
    [
        ("everyone", {}, False),
        ("everyone", {"visibility": "confidential"}, True),
        ("line", {}, True),
        ("line", {"level": "company"}, False),
    ],
)
def test_what_not_everybody_may_see_is_told_only_where_an_admin_said_so(
    ben, cycle, readers, fields, hidden
):
    adopt(individual_readers=readers)
    make_hook(name="Usual")
    make_hook(name="Trusted", tells_hidden=True)
    make_objective(ben, cycle, **fields)
    told = sorted(each.hook.name for each in Delivery.objects.select_related("hook"))

    assert told == (["Trusted"] if hidden else ["Trusted", "Usual"])


def test_what_is_taken_back_was_never_told(ben, cycle):
    make_hook()
    with transaction.atomic():
        make_objective(ben, cycle)
        transaction.set_rollback(True)

    assert kinds() == []
