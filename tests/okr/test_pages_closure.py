"""Closing an objective on its page: asked once, told to everybody, undone by few."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import Closure, Notification, Objective, Review, Visibility
from okr.pages.calendar import Calendar
from okr.pages.changes import changes_of
from tests.cast import adopt, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
WORDS = {"score": "0.4", "retrospective": "We began too late.", "outcome": "continue"}
REVIEW = {"rating": "4", "comment": "Brave and honest.", "outcome": "close"}


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle, title="Clinics stay online")


def page_of(person, objective):
    return signed_in(person).get(f"/objectives/{objective.pk}/")


def closing(person, objective, typed=None, **kwargs):
    path = f"/objectives/{objective.pk}/closure/"
    client = signed_in(person)
    return client.get(path) if typed is None else client.post(path, typed, **kwargs)


def test_the_score_is_filled_in_from_the_progress(ben, objective):
    make_key_result(objective, at="62")
    response = closing(ben, objective)
    assert '<option value="0.6" selected>' in response.content.decode()
    assert "Its progress is 62%." in text_of(response)


def test_a_closed_objective_tells_its_score_its_words_who_and_when(ben, cleo, objective):
    closing(ben, objective, WORDS)
    seen = text_of(page_of(cleo, objective))
    for words in ("Closed", "Score 0.4", "We began too late.", "Ben Okafor", "To be continued"):
        assert words in seen
    assert timezone.localdate().strftime("%-d %B %Y") in seen


def test_a_closed_objective_is_held_against_the_day_it_was_closed(ben, objective, cycle):
    day = cycle.starts_on + timedelta(days=6)
    at = timezone.make_aware(datetime.combine(day, time(12)))
    words = {"retrospective": "Early.", "outcome": "close"}
    objective.close(by=ben, at=at, score=Decimal("0.4"), **words)
    stored = Objective.objects.for_cards().get(pk=objective.pk)
    assert Calendar.of(stored, cycle.ends_on).today == day
    assert Calendar.of(stored, cycle.starts_on).today == cycle.starts_on


def test_a_closed_objective_offers_no_change(ben, olga, objective):
    key_result = make_key_result(objective)
    closing(ben, objective, WORDS)
    for person in (ben, olga):
        content = page_of(person, objective).content.decode()
        assert f"/objectives/{objective.pk}/edit/" not in content
        assert f"/key-results/{key_result.pk}/check-in/" not in content
        for path in (f"objectives/{objective.pk}/edit", f"key-results/{key_result.pk}/check-in"):
            assert signed_in(person).post(f"/{path}/").status_code == 403
    assert "Closed with 0.4" in text_of(signed_in(ben).get(f"/key-results/{key_result.pk}/"))
    assert "Closed with 0.4" in text_of(signed_in(ben).get("/my/"))
    assert "Closed with 0.4" in text_of(signed_in(ben).get("/company/"))


def test_words_are_required_and_what_was_typed_stays(ben, objective):
    response = closing(ben, objective, WORDS | {"retrospective": " "})
    assert response.status_code == 422
    assert "Write a sentence or two" in text_of(response)
    assert '<option value="0.4" selected>' in response.content.decode()
    too_long = closing(ben, objective, WORDS | {"retrospective": "é" * 10_001})
    assert "Use at most 10,000 characters; this has 10001." in text_of(too_long)
    odd = closing(ben, objective, WORDS | {"score": "1.1", "outcome": "perhaps"})
    assert "Choose a score from 0.0 to 1.0." in text_of(odd)
    assert "Choose one of the two." in text_of(odd)
    assert not Closure.objects.exists()
    closing(ben, objective, WORDS | {"retrospective": "🎯 שלום"})
    assert "🎯 שלום" in text_of(page_of(ben, objective))


def test_only_who_may_change_it_closes_it(cleo, objective):
    response = closing(cleo, objective, WORDS)
    assert response.status_code == 403
    assert "owner's managers and OKR admins" in text_of(response)
    assert not Closure.objects.exists()


def test_what_closes_with_it_is_named_as_far_as_it_is_seen(ada, ben, olga, cycle):
    top = make_objective(ada, cycle, title="Top")
    make_objective(ben, cycle, title="Below", parent=top)
    make_objective(olga, cycle, title="Hidden plan", parent=top, visibility=Visibility.CONFIDENTIAL)
    seen = text_of(closing(ada, top))
    assert "1 aligned objective closes with it" in seen
    assert "Below" in seen
    assert "Hidden plan" not in seen
    assert "2 aligned objectives close with it" in text_of(closing(olga, top))


def test_what_was_closed_with_something_else_says_so_and_takes_words(ada, ben, objective, cycle):
    top = make_objective(ada, cycle, title="Top")
    objective.parent = top
    objective.keep()
    closing(ada, top, WORDS)
    seen = text_of(page_of(ben, objective))
    assert "No retrospective was given." in seen
    assert "closed with Top" in seen
    assert "Add a retrospective" in seen
    closing(ben, objective, WORDS | {"retrospective": "Ours, later."})
    seen = text_of(page_of(ben, objective))
    assert "Ours, later." in seen
    assert "Add a retrospective" not in seen
    assert closing(ben, objective).status_code == 403


def test_a_name_that_the_reader_may_not_see_is_not_told(ada, cleo, olga, cycle):
    hidden = make_objective(olga, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    below = make_objective(cleo, cycle, title="Public", parent=hidden)
    closing(olga, hidden, WORDS)
    seen = text_of(page_of(ada, below))
    assert "closed with what it contributes to" in seen
    assert "Hidden" not in seen


def test_a_manager_reopens_it_its_owner_does_not(ada, ben, objective):
    closing(ben, objective, WORDS)
    path = f"/objectives/{objective.pk}/closure/reopen/"
    assert "Reopen" not in text_of(page_of(ben, objective))
    assert signed_in(ben).post(path).status_code == 403
    assert "can be changed again" in text_of(signed_in(ada).get(path))
    assert "is open again" in text_of(signed_in(ada).post(path, follow=True))
    reopened, closed = changes_of(objective, ada, whole=False).told
    assert closed.words == "closed it with 0.4"
    words = "reopened it, which had been closed with 0.4. We began too late."
    assert (reopened.by, reopened.words) == (ada, words)
    assert Objective.objects.editable_by(ben).filter(pk=objective.pk).exists()


def test_what_opens_with_it_is_named(ada, olga, objective, cycle):
    top = make_objective(ada, cycle, title="Top")
    objective.parent = top
    objective.keep()
    closing(ada, top, WORDS)
    path = f"/objectives/{top.pk}/closure/reopen/"
    assert "1 objective that was closed with it opens too" in text_of(signed_in(olga).get(path))


def reviewing(person, objective, typed=REVIEW):
    return signed_in(person).post(f"/objectives/{objective.pk}/review/", typed)


def test_a_manager_reviews_and_the_owner_is_told(ada, ben, cleo, objective):
    reviewing(ada, objective)
    seen = text_of(page_of(cleo, objective))
    for words in ("Ada Lindqvist", "4 of 5", "Brave and honest.", "Close"):
        assert words in seen
    assert Notification.objects.get(person=ben).kind == "review_given"


def test_neither_the_owner_nor_somebody_elsewhere_reviews(ben, cleo, olga, objective, cycle):
    for person in (ben, cleo):
        assert reviewing(person, objective).status_code == 403
    own = make_objective(olga, cycle, title="The admin's own")
    assert reviewing(olga, own).status_code == 403
    assert not Review.objects.exists()


def test_a_second_review_replaces_the_first_of_the_same_person(ada, olga, objective):
    reviewing(ada, objective)
    reviewing(olga, objective)
    before = signed_in(ada).get(f"/objectives/{objective.pk}/review/").content.decode()
    assert "Brave and honest." in before
    reviewing(ada, objective, REVIEW | {"rating": "2"})
    ratings = Review.objects.order_by("reviewer__name").values_list("rating", flat=True)
    assert list(ratings) == [2, 4]


def test_the_scale_is_the_policys_and_stays_with_the_review(ada, cleo, objective):
    reviewing(ada, objective)
    adopt(rating_scale=3)
    assert "4 of 5" in text_of(page_of(cleo, objective))
    refused = reviewing(ada, objective)
    assert refused.status_code == 422
    assert "Choose a rating from the list." in text_of(refused)
    reviewing(ada, objective, REVIEW | {"rating": "3"})
    assert "3 of 3" in text_of(page_of(cleo, objective))


def test_nothing_is_closed_or_reviewed_in_a_closed_cycle(ada, olga, objective, cycle):
    cycle.close(by=olga, at=timezone.now())
    for path in ("closure", "closure/reopen", "review"):
        assert signed_in(ada).get(f"/objectives/{objective.pk}/{path}/").status_code == 403


def test_the_page_costs_the_same_closed_and_open(ben, cleo, objective, django_assert_num_queries):
    make_key_result(objective, at="40")
    client = signed_in(cleo)
    path = f"/objectives/{objective.pk}/"
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    asked = len(first)
    closing(ben, objective, WORDS)
    with django_assert_num_queries(asked):
        client.get(path)
