"""What happens is written down for the webhooks that listen, in the transaction that does it."""

from decimal import Decimal

import pytest
from django.db import transaction

from okr.models import Comment, Delivery, Happening, Happens
from tests.cast import adopt, make_key_result, make_objective
from tests.okr.webhooks.stage import NOW, make_hook


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle)


def kinds() -> list[str]:
    return list(Happening.objects.order_by("pk").values_list("kind", flat=True))


def test_without_a_webhook_nothing_is_written(objective):
    make_key_result(objective, at="40")

    assert kinds() == []


def test_each_verb_is_told_once(ben, ada, olga, cycle):
    make_hook()
    objective = make_objective(ben, cycle)
    key_result = make_key_result(objective, at="40")
    objective.title = "Clinics love the schedule"
    objective.keep(by=ben, at=NOW)
    key_result.refresh_from_db()
    key_result.keep(by=ben, at=NOW)
    Comment.objects.say(key_result, by=ada, at=NOW, words="Well done")
    half = Decimal("0.5")
    objective.close(by=ben, at=NOW, score=half, retrospective="Good.", outcome="close")
    objective.reopen(by=ada, at=NOW)
    cycle.close(by=olga, at=NOW)
    cycle.reopen()
    key_result.remove(by=ben, at=NOW)
    objective.remove()

    assert kinds() == [
        *("objective.added", "key_result.added", "check_in.added", "objective.changed"),
        *("key_result.changed", "comment.added", "objective.closed", "objective.reopened"),
        *("cycle.closed", "cycle.reopened", "key_result.deleted", "objective.deleted"),
    ]


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
