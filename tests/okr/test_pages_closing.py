"""Closing a cycle: every objective with its words, one by one or a page at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import Closure, Notification, Objective
from tests.cast import make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(olga):
    return signed_in(olga)


@pytest.fixture
def three(ada, ben, cycle):
    """Top with Middle under it, and Alone."""
    top = make_objective(ada, cycle, title="Top")
    middle = make_objective(ben, cycle, title="Middle", parent=top)
    make_key_result(middle, at="62")
    return [top, middle, make_objective(ben, cycle, title="Alone")]


def address(cycle, more=""):
    return f"/okr-admin/cycles/{cycle.pk}/close/{more}"


def typed(objective, words, score="0.5", outcome="close"):
    names = {"score": score, "retrospective": words, "outcome": outcome}
    return {f"o{objective.pk}-{name}": value for name, value in names.items()}


def test_the_pages_are_the_admins(ada, cycle, three):
    for path in ("close/", "close/confirm/", "reopen/"):
        response = signed_in(ada).post(f"/okr-admin/cycles/{cycle.pk}/{path}")
        assert response.status_code == 403
    assert not Closure.objects.exists()


def test_it_counts_what_still_needs_a_retrospective(admin, cycle, three):
    assert "3 of 3 objectives still need a retrospective" in text_of(admin.get(address(cycle)))
    admin.post(address(cycle), {"save": three[2].pk, **typed(three[2], "Good.")})
    admin.get(address(cycle))
    seen = text_of(admin.get(address(cycle)))
    assert "2 of 3 objectives still need a retrospective" in seen
    assert "Alone" not in seen


def test_the_scores_are_filled_in(admin, cycle, three):
    content = admin.get(address(cycle)).content.decode()
    assert content.count('<option value="0.6" selected>') == 2
    assert content.count('<option value="0.0" selected>') == 1


def test_a_page_is_saved_at_once_and_empty_rows_are_left(admin, cycle, three):
    sent = {"save": "all", **typed(three[1], "Ours."), **typed(three[2], "  ")}
    answer = admin.post(address(cycle), sent, follow=True)
    assert "“Middle” is saved." in text_of(answer)
    assert Closure.objects.get().retrospective == "Ours."


def test_what_was_closed_with_something_else_stays_in_the_list(admin, cycle, three):
    admin.post(address(cycle), {"save": "all", **typed(three[0], "All of us.")})
    seen = text_of(admin.get(address(cycle)))
    assert "Closed with 0.6, without words" in seen
    admin.post(address(cycle), {"save": "all", **typed(three[1], "Ours too.", "0.9")})
    assert str(Closure.objects.get(objective=three[1]).score) == "0.9"


def test_saving_one_row_keeps_what_was_typed_into_the_others(admin, cycle, three):
    sent = {"save": three[1].pk, **typed(three[1], "Ours."), **typed(three[2], "Half a sen", "0.3")}
    answer = admin.post(address(cycle), sent)
    assert answer.status_code == 200
    assert "“Middle” is saved." in text_of(answer)
    assert "Half a sen" in answer.content.decode()
    assert '<option value="0.3" selected>' in answer.content.decode()
    assert Closure.objects.count() == 1


def test_a_row_without_words_asks_for_them(admin, cycle, three):
    answer = admin.post(address(cycle), {"save": three[1].pk, **typed(three[1], "")})
    assert answer.status_code == 422
    assert "Write a sentence or two" in text_of(answer)
    assert not Closure.objects.exists()


def test_a_faulty_row_does_not_hold_up_the_others(admin, cycle, three):
    sent = {"save": "all", **typed(three[1], "Ours.", "7"), **typed(three[2], "Mine.")}
    answer = admin.post(address(cycle), sent)
    assert answer.status_code == 422
    assert "Choose a score from 0.0 to 1.0." in text_of(answer)
    assert "Ours." in answer.content.decode()
    assert Closure.objects.get().objective == three[2]


def test_foreign_numbers_and_odd_names_are_not_looked_at(admin, ada, cycle, three):
    elsewhere = make_objective(ada, make_cycle("Another"), title="Elsewhere")
    odd = {
        "o99999999999999-score": "1",
        "ox-score": "1",
        "o-score": "",
        "o1" + "9" * 40 + "-score": "",
    }
    sent = {"save": "all", **typed(elsewhere, "Not here."), **odd}
    assert admin.post(address(cycle), sent).status_code == 200
    assert not Closure.objects.exists()


def test_a_page_holds_ten(admin, ada, cycle, django_assert_num_queries):
    def fill(count):
        Objective.objects.bulk_create(
            Objective(cycle=cycle, owner=ada, title=f"Number {number}") for number in range(count)
        )

    fill(3)
    with CaptureQueriesContext(connection) as few:
        admin.get(address(cycle))
    asked = len(few)
    fill(297)
    with django_assert_num_queries(asked):
        seen = text_of(admin.get(address(cycle)))
    assert "1–10 of 300" in seen


def test_owners_are_reminded_once_a_day(admin, ada, ben, olga, cycle, three):
    path = f"/okr-admin/cycles/{cycle.pk}/remind/"
    admin.post(address(cycle), {"save": "all", **typed(three[0], "All of us.")})
    assert "1 person is reminded." in text_of(admin.post(path, follow=True))
    told = Notification.objects.get(kind="retrospective_due")
    assert (told.person, told.by) == (ben, olga)
    assert "Autumn is about to be closed" in told.words
    assert "was reminded today already" in text_of(admin.post(path, follow=True))
    assert signed_in(ada).post(path).status_code == 403


def test_it_says_exactly_what_closing_does(admin, cycle, three):
    make_key_result(three[0]).track_by("probe")
    seen = text_of(admin.get(address(cycle, "confirm/")))
    for words in (
        "3 objectives and all key results in them become read-only",
        "3 objectives are still open: they are closed with the score of their progress",
        "1 key result that an integration moves stops where it is now",
    ):
        assert words in seen


def test_a_closed_cycle_is_read_only_and_says_who_said_nothing(admin, ben, cycle, three):
    admin.post(address(cycle), {"save": "all", **typed(three[2], "Mine.")})
    assert "“Autumn” is closed." in text_of(admin.post(address(cycle, "confirm/"), follow=True))
    page = signed_in(ben).get(f"/objectives/{three[1].pk}/")
    for words in ("No retrospective was given.", "closed with the cycle", "Score 0.6"):
        assert words in text_of(page)
    assert "button primary" not in page.content.decode()
    assert admin.get(address(cycle)).status_code == 403
    assert signed_in(ben).post(f"/objectives/{three[1].pk}/edit/").status_code == 403


def test_a_cycle_is_reopened_after_a_word_of_warning(admin, ben, cycle, three, olga):
    path = f"/okr-admin/cycles/{cycle.pk}/reopen/"
    assert admin.get(path).status_code == 403
    admin.post(address(cycle), {"save": "all", **typed(three[2], "Mine.")})
    cycle.close(by=olga, at=timezone.now())
    seen = text_of(admin.get(path))
    assert "2 objectives that were closed with the cycle open again" in seen
    assert "1 objective with words of its own stays closed" in seen
    assert "is open again" in text_of(admin.post(path, follow=True))
    assert set(Objective.objects.editable_by(ben)) == {three[1]}
