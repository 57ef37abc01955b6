"""My OKRs: whose rows stand there, what each says, and what a cycle without rows says."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from okr.models import KeyResult, Measurement, Objective, Visibility
from okr.pages.calendar import Calendar
from okr.pages.my import my_page
from okr.slots import Source, filled
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def page_for(person, cycle):
    return my_page(person, Calendar(cycle, timezone.localdate()), timezone.now())


def test_it_shows_what_a_person_owns_and_nothing_else(ben, cleo, cycle):
    make_key_result(make_objective(ben, cycle, title="Mine"), title="My number", at="40")
    make_objective(cleo, cycle, title="Somebody else's")
    seen = text_of(signed_in(ben).get("/my/"))
    assert "Mine" in seen
    assert "My number" in seen
    assert "0 → 100%" not in seen
    assert "40% → 100%" in seen
    assert "Somebody else's" not in seen


def test_a_key_result_in_the_objective_of_another_is_shown_apart(ada, ben, cycle):
    objective = make_objective(ada, cycle, title="Ada's objective")
    make_key_result(objective, owner=ben, title="Ben's part")
    make_key_result(objective, title="Ada's part")
    page = page_for(ben, cycle)
    assert page.own == []
    assert [[row.key_result.title for row in card.rows] for card in page.elsewhere] == [
        ["Ben's part"]
    ]
    assert "Your key results in objectives of others" in text_of(signed_in(ben).get("/my/"))


def test_an_empty_cycle_offers_one_thing_to_do(ben, cycle):
    response = signed_in(ben).get("/my/")
    assert "No objectives in this cycle yet" in text_of(response)
    assert response.content.count(b"button primary") == 1


def test_a_closed_cycle_offers_nothing_to_write(ben, cycle):
    make_key_result(make_objective(ben, cycle))
    cycle.closed_at = timezone.now()
    cycle.save()
    seen = text_of(signed_in(ben).get("/my/"))
    assert "New objective" not in seen
    assert "Check in" not in seen


def test_the_strip_counts_confidence_and_what_waits_for_a_check_in(ben, cycle):
    objective = make_objective(ben, cycle)
    for confidence in ("on_track", "at_risk", "off_track"):
        judged = make_key_result(objective, at="40")
        KeyResult.objects.filter(pk=judged.pk).update(confidence=confidence)
    make_key_result(objective)
    long_ago = timezone.now() - timedelta(days=8)
    KeyResult.objects.filter(confidence="at_risk").update(checked_in_at=long_ago)
    summary = page_for(ben, cycle).summary
    assert (summary.on_track, summary.at_risk, summary.off_track, summary.attention) == (1, 1, 1, 2)
    assert summary.waiting == 2
    assert summary.progress == Decimal(30)


def test_what_is_reached_waits_for_nobody(ben, cycle):
    make_key_result(make_objective(ben, cycle), at="100")
    KeyResult.objects.update(checked_in_at=timezone.now() - timedelta(days=30))
    assert page_for(ben, cycle).summary.waiting == 0


def test_the_card_carries_the_lowest_confidence(ben, cycle):
    objective = make_objective(ben, cycle)
    for confidence in ("on_track", "off_track", "at_risk"):
        KeyResult.objects.filter(pk=make_key_result(objective).pk).update(confidence=confidence)
    assert page_for(ben, cycle).own[0].confidence == "off_track"


def test_the_small_line_holds_the_last_value_of_each_week(ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle))
    now = timezone.now()
    for days_ago, progress in ((21, 10), (20, 20), (8, 40), (0, 55)):
        at = now - timedelta(days=days_ago)
        Measurement.objects.create(key_result=key_result, value=0, progress=progress, at=at)
    weeks = page_for(ben, cycle).own[0].rows[0].weeks
    assert [int(value) for value in weeks] == [0, 0, 0, 10, 20, 40, 55]


def test_a_source_names_itself_and_the_age_of_its_reading(ben, cycle):
    key_result = make_key_result(make_objective(ben, cycle))

    def sources(key_results):
        read_at = timezone.now() - timedelta(minutes=4)
        return {each.pk: Source("Tracker", read_at, stale=True) for each in key_results}

    assert "By hand" in text_of(signed_in(ben).get("/my/"))
    with filled("key_results.sources", sources):
        seen = text_of(signed_in(ben).get("/my/"))
    assert "Tracker data 4 min ago , may be out of date" in seen
    assert "By hand" not in seen
    assert key_result.progress == 0


def test_the_page_costs_the_same_for_three_and_three_hundred_rows(
    ben, cycle, django_assert_max_num_queries
):
    def fill(count):
        for _ in range(count // 3):
            objective = make_objective(ben, cycle)
            KeyResult.objects.bulk_create(
                KeyResult(objective=objective, owner=ben, title="Row", current=0, start=0)
                for _ in range(3)
            )

    client = signed_in(ben)
    fill(3)
    with django_assert_max_num_queries(17) as few:
        client.get("/my/")
    fill(297)
    with django_assert_max_num_queries(17) as many:
        response = client.get("/my/")
    assert len(few) == len(many)
    assert response.content.count(b'class="key-result"') == 300


def test_what_a_colleague_keeps_confidential_is_nowhere(ben, cleo, cycle):
    objective = make_objective(cleo, cycle, title="Secret", visibility=Visibility.CONFIDENTIAL)
    make_key_result(objective, title="Secret number")
    assert "Secret" not in text_of(signed_in(ben).get("/my/"))
    assert Objective.objects.count() == 1
