"""Carrying forward on its page: chosen, previewed, done once, and linked on both sides."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import KeyResult, Objective, Visibility
from tests.cast import make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def winter(cycle):
    return make_cycle("Winter", starts_on=date(2090, 1, 1), ends_on=date(2090, 3, 31))


@pytest.fixture
def admin(olga):
    return signed_in(olga)


@pytest.fixture
def objective(ben, cycle):
    objective = make_objective(ben, cycle, title="Clinics stay online")
    make_key_result(objective, title="Zones", at="45", target=80)
    make_key_result(objective, title="Alarms", at="100")
    return objective


def address(cycle):
    return f"/okr-admin/cycles/{cycle.pk}/carry/"


def test_the_page_is_the_admins(ada, cycle, winter, objective):
    sent = {"into": winter.pk, "objective": objective.pk}
    assert signed_in(ada).post(address(cycle), sent).status_code == 403
    assert Objective.objects.count() == 1


def test_it_shows_what_each_key_result_will_look_like(admin, cycle, winter, objective):
    seen = text_of(admin.get(address(cycle)))
    assert "Zones 56% now From 45% to 80%, starting anew" in seen
    assert "Alarms 100% now Finished, so it stays behind" in seen


def test_the_unfinished_that_are_to_go_on_are_proposed(admin, ben, cycle, winter, objective):
    ends = make_objective(ben, cycle, title="Ends here")
    judged: dict[str, Any] = {"score": 0, "retrospective": "Enough.", "outcome": "close"}
    ends.close(by=ben, at=timezone.now(), **judged)
    make_key_result(make_objective(ben, cycle, title="Reached"), at="100")
    content = admin.get(address(cycle)).content.decode()
    assert "Reached" not in content
    assert "was to end here" in content
    assert content.count(" checked") == 1


def test_it_is_carried_once_and_linked_on_both_pages(admin, cleo, cycle, winter, objective):
    sent = {"into": winter.pk, "objective": objective.pk}
    answer = admin.post(address(cycle), sent, follow=True)
    assert "1 objective is carried forward to Winter." in text_of(answer)
    assert "were in Winter already" in text_of(admin.post(address(cycle), sent, follow=True))
    assert "Already in Winter" in text_of(admin.get(address(cycle)))
    new = Objective.objects.get(cycle=winter)
    reader = signed_in(cleo)
    assert "Carried from Autumn" in text_of(reader.get(f"/objectives/{new.pk}/"))
    assert "Carried on to Winter" in text_of(reader.get(f"/objectives/{objective.pk}/"))
    old, after = (KeyResult.objects.get(title="Zones", objective=each) for each in (objective, new))
    assert "Carried from Autumn" in text_of(reader.get(f"/key-results/{after.pk}/"))
    assert "Carried on to Winter" in text_of(reader.get(f"/key-results/{old.pk}/"))


def test_a_link_to_what_the_reader_may_not_see_is_not_shown(admin, cleo, cycle, winter, objective):
    admin.post(address(cycle), {"into": winter.pk, "objective": objective.pk})
    Objective.objects.filter(cycle=winter).update(visibility=Visibility.CONFIDENTIAL)
    reader = signed_in(cleo)
    assert "Carried on" not in text_of(reader.get(f"/objectives/{objective.pk}/"))
    key_result = objective.key_results.get(title="Zones")
    assert "Carried on" not in text_of(reader.get(f"/key-results/{key_result.pk}/"))


def test_from_a_closed_cycle_too(admin, olga, cycle, winter, objective):
    cycle.close(by=olga, at=timezone.now())
    admin.post(address(cycle), {"into": winter.pk, "objective": objective.pk})
    assert Objective.objects.get(cycle=winter).title == "Clinics stay online"


@pytest.mark.parametrize("into", ["", "x", "999999", "９", "1 OR 1"])
def test_a_cycle_that_is_not_offered_is_refused(admin, cycle, winter, objective, into):
    answer = admin.post(address(cycle), {"into": into, "objective": objective.pk})
    assert answer.status_code == 422
    assert "Choose a cycle from the list" in text_of(answer)


def test_nothing_chosen_or_foreign_numbers_are_refused(admin, ben, cycle, winter, objective):
    elsewhere = make_objective(ben, make_cycle("Another"), title="Elsewhere")
    for sent in ([], ["x"], ["9" * 30], [elsewhere.pk]):
        answer = admin.post(address(cycle), {"into": winter.pk, "objective": sent})
        assert answer.status_code == 422
        assert "Choose at least one objective." in text_of(answer)


def test_without_a_later_cycle_one_is_asked_for(admin, cycle, objective):
    assert "There is no later cycle yet" in text_of(admin.get(address(cycle)))


def test_where_nothing_is_left_it_says_so(admin, cycle, winter):
    assert "Nothing is left unfinished" in text_of(admin.get(address(cycle)))


def test_the_next_cycle_is_proposed_first(admin, cycle, winter, objective):
    make_cycle("Later", starts_on=date(2091, 1, 1), ends_on=date(2091, 3, 31))
    content = admin.get(address(cycle)).content.decode()
    selected = content.split("selected")[1].split("</option>")[0]
    assert "Winter" in selected


def test_the_page_costs_the_same_for_three_and_three_hundred(
    admin, ada, cycle, winter, django_assert_num_queries
):
    def fill(count):
        for number in range(count):
            make_key_result(make_objective(ada, cycle, title=f"Number {number}"))

    fill(3)
    with CaptureQueriesContext(connection) as few:
        admin.get(address(cycle))
    asked = len(few)
    fill(30)
    with django_assert_num_queries(asked):
        assert "1–25 of 33" in text_of(admin.get(address(cycle)))
