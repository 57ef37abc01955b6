"""Teams through the API: how units stand, reminders, and the review of a cycle."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from okr.models import KeyResult, Notification
from tests.cast import make_cycle, make_key_result, make_objective, make_unit
from tests.okr.api.script import client_of, send

URL = "/api/v1/teams/"


def test_each_unit_is_told_with_all_within_it(ben, cleo, cycle):
    make_key_result(make_objective(ben, cycle), at="40")
    make_key_result(make_objective(ben, cycle, title="Hidden", visibility="confidential"), at="9")

    told = {each["name"]: each for each in client_of(cleo).get(URL).json()["results"]}

    platform = told["Platform"]
    assert (platform["id"], platform["people"], platform["lead"]) == (
        ben.unit_id,
        2,
        ben.manager_id,
    )
    assert (platform["objectives"], platform["on_track"]) == (1, 1)
    assert client_of(cleo).get(f"{URL}{ben.unit_id}/").json() == platform


def test_another_cycle_is_asked_for(ben, cycle):
    make_objective(ben, cycle)
    first = cycle.ends_on + timedelta(days=1)
    empty = make_cycle("Winter", starts_on=first, ends_on=first + timedelta(days=90))
    client = client_of(ben)

    told = client.get(f"{URL}{ben.unit_id}/?cycle={empty.pk}").json()
    assert (told["objectives"], told["progress"]) == (0, None)
    assert client.get(f"{URL}{ben.unit_id}/?cycle=99999").status_code == 404
    assert client.get(f"{URL}?cycle=99999").json()["results"] == []


def test_nothing_is_told_before_there_is_a_cycle(ben):
    assert client_of(ben).get(URL).json()["results"] == []
    assert client_of(ben).get(f"{URL}{ben.unit_id}/").status_code == 404


def test_whose_check_ins_are_due_is_reminded_by_who_leads_them(ada, ben, cleo, cycle):
    key_result = make_key_result(make_objective(ben, cycle), at="40")
    long_ago = timezone.now() - timedelta(days=20)
    KeyResult.objects.filter(pk=key_result.pk).update(checked_in_at=long_ago)
    url = f"{URL}{ben.unit_id}/reminder/"

    assert send(client_of(cleo), "post", url, {}).status_code == 403
    assert not Notification.objects.exists()
    assert send(client_of(ada), "post", url, {}).json() == {"reminded": 1}
    assert send(client_of(ada), "post", url, {}).json() == {"reminded": 0}


def test_a_review_tells_what_was_said_and_how_it_ended(ada, ben, cleo, cycle):
    objective = make_objective(ben, cycle)
    key_result = make_key_result(objective)
    now = timezone.now()
    key_result.check_in(by=ben, at=now, confidence="at_risk", note="Two left.", value=Decimal(40))
    objective.review(by=ada, at=now, rating=4, comment="Well done.", outcome="close")
    objective.close(by=ben, at=now, score=Decimal("0.4"), retrospective="Late.", outcome="continue")
    make_objective(ben, cycle, title="Hidden", visibility="confidential")

    told = client_of(cleo).get(f"/api/v1/cycles/{cycle.pk}/reviews/{ben.unit_id}/").json()

    (chapter,) = told["objectives"]
    assert (told["unit"], told["cycle"], told["left_out"]) == (ben.unit_id, cycle.pk, 0)
    assert (chapter["id"], chapter["confidence"]) == (objective.pk, "at_risk")
    assert chapter["closure"]["retrospective"] == "Late."
    assert [each["comment"] for each in chapter["reviews"]] == ["Well done."]
    assert [each["note"] for each in chapter["notes"]] == ["Two left."]


def test_a_list_costs_the_same_for_3_and_for_30(ben, cycle, django_assert_max_num_queries):
    client = client_of(ben)

    def queries(first, last):
        for row in range(first, last):
            make_unit(f"Row {row}")
        with django_assert_max_num_queries(20) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(0, 3)
    assert queries(0, 0) == queries(3, 30)
