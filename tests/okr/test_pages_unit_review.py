"""The printable review: what is on the paper, and what may not be."""

from decimal import Decimal

import pytest
from django.utils import timezone

from okr.models import CheckIn, Closure, KeyResult, Level, Objective, Review, Visibility
from tests.cast import make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(ada, ben, cycle):
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    make_key_result(own, title="Minutes offline", at="60")
    his = make_objective(ben, cycle, title="Failover is boring")
    rehearsals = make_key_result(his, title="Rehearsals")
    rehearsals.check_in(
        by=ben,
        at=timezone.now(),
        confidence="at_risk",
        note="The spare disk is late",
        value=Decimal(20),
    )
    return own, his


def paper(person, cycle, slug="platform"):
    return text_of(signed_in(person).get(f"/reviews/{cycle.pk}/{slug}/"))


def test_it_tells_the_cycle_from_the_units_objectives_to_its_peoples_notes(cleo, work, cycle):
    seen = paper(cleo, cycle)
    told = ["Clinics stay online", "Minutes offline", "Ben Okafor", "Rehearsals", "The spare disk"]
    places = [seen.index(each) for each in told]
    assert places == sorted(places)
    assert "as of" in seen
    assert "Data read between" in seen


def test_scores_words_and_ratings_are_on_it(ada, cleo, work, cycle):
    now = timezone.now()
    _, his = work
    Review.objects.say(his, ada, now, comment="Steady", rating=2, outcome="continue")
    Closure.objects.close(
        his, by=ada, at=now, score="0.7", retrospective="Order disks early", outcome="continue"
    )
    seen = paper(cleo, cycle)
    for each in ("Score 0.7", "Order disks early", "Ada Lindqvist rated it 2 of", "Steady"):
        assert each in seen


def test_what_is_confidential_is_not_on_it(ada, ben, cleo, work, cycle):
    secret = make_objective(ben, cycle, title="Secret plan", visibility=Visibility.CONFIDENTIAL)
    number = make_key_result(secret, title="Secret number")
    number.check_in(
        by=ben, at=timezone.now(), confidence="at_risk", note="Secret word", value=Decimal(90)
    )
    Review.objects.say(
        secret, ada, timezone.now(), comment="Secret praise", rating=3, outcome="close"
    )
    seen = paper(cleo, cycle)
    assert "Secret" not in seen
    assert "of 2" in seen
    assert all(word in paper(ada, cycle) for word in ("Secret word", "Secret praise"))


def test_a_unit_or_cycle_that_is_not_there_is_not_found(cleo, ada, cycle):
    client = signed_in(cleo)
    assert client.get(f"/reviews/{cycle.pk}/nowhere/").status_code == 404
    assert client.get(f"/reviews/{cycle.pk + 1}/platform/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, cycle):
    assert client.get(f"/reviews/{cycle.pk}/platform/")["Location"].startswith("/sign-in/")


def test_an_empty_unit_says_so(cleo, cycle):
    assert "Nothing to review" in paper(cleo, cycle, "customer-success")


def test_the_paper_costs_the_same_for_three_and_three_hundred_rows(
    ada, cycle, django_assert_max_num_queries
):
    def fill(count):
        for _ in range(count // 3):
            person = make_person(f"P {Objective.objects.count()}", unit=ada.unit)
            objective = make_objective(person, cycle)
            rows = KeyResult.objects.bulk_create(
                KeyResult(objective=objective, owner=person, title="Row", current=0, start=0)
                for _ in range(3)
            )
            CheckIn.objects.bulk_create(
                CheckIn(key_result=row, by=ada, at=timezone.now(), confidence="on_track", note="x")
                for row in rows
            )

    client, path = signed_in(ada), f"/reviews/{cycle.pk}/platform/"
    fill(3)
    with django_assert_max_num_queries(18) as few:
        client.get(path)
    fill(297)
    with django_assert_max_num_queries(18) as many:
        client.get(path)
    assert len(few) == len(many)
