"""The end of an objective through the API: closed, reopened and reviewed as on its page."""

import pytest

from okr.models import Closure, Objective, Review
from tests.cast import make_key_result, make_objective, make_person
from tests.okr.api.script import client_of, faults, send

CLOSING = {"score": "0.4", "retrospective": "We began too late.", "outcome": "continue"}
REVIEW = {"rating": 4, "comment": "Brave and honest.", "outcome": "close"}


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle, title="Clinics stay online")


def url_of(objective, noun="closure"):
    return f"/api/v1/objectives/{objective.pk}/{noun}/"


def test_it_is_closed_with_what_is_aligned_under_it(ben, cycle, objective):
    below = make_objective(ben, cycle, title="Below", parent=objective)

    closed = send(client_of(ben), "post", url_of(objective), CLOSING)

    assert closed.status_code == 200, closed.json()
    told = closed.json()["closure"]
    assert (told["score"], told["outcome"], told["by"]) == ("0.4", "continue", ben.pk)
    assert Closure.objects.get(objective=below).retrospective == ""
    refused = send(client_of(ben), "post", url_of(objective), CLOSING)
    assert refused.status_code == 403


def test_a_manager_reopens_it_and_its_owner_does_not(ada, ben, objective):
    send(client_of(ben), "post", url_of(objective), CLOSING)

    assert send(client_of(ben), "delete", url_of(objective)).status_code == 403
    reopened = send(client_of(ada), "delete", url_of(objective))

    assert (reopened.status_code, reopened.json()["closure"]) == (200, None)
    assert not Closure.objects.exists()


def test_sent_twice_with_a_key_it_is_closed_once(ben, objective):
    key = {"Idempotency-Key": "once"}
    first, second = (send(client_of(ben), "post", url_of(objective), CLOSING, **key) for _ in "ab")

    assert (first.status_code, second.json()) == (200, first.json())


@pytest.mark.parametrize(
    ("noun", "body", "field"),
    [
        ("closure", {"score": "1.1"}, "score"),
        ("closure", {"score": "0.45"}, "score"),
        ("closure", {"retrospective": " "}, "retrospective"),
        ("closure", {"outcome": "drop"}, "outcome"),
        ("closure", {"at": "2020-01-01"}, "at"),
        ("reviews", {"rating": 6}, "rating"),
        ("reviews", {"rating": "many"}, "rating"),
        ("reviews", {"comment": ""}, "comment"),
        ("reviews", {"reviewer": 1}, "reviewer"),
    ],
)
def test_what_is_wrong_is_named_and_ends_nothing(ada, objective, noun, body, field):
    whole = CLOSING if noun == "closure" else REVIEW

    refused = send(client_of(ada), "post", url_of(objective, noun), whole | body)

    assert refused.status_code in (400, 422)
    assert field in faults(refused)
    assert not Closure.objects.exists()
    assert not Review.objects.exists()


def test_an_old_version_is_not_closed(ben, objective):
    stale = send(client_of(ben), "post", url_of(objective), CLOSING, **{"If-Match": '"99"'})

    assert stale.status_code == 412
    assert not Closure.objects.exists()


def test_a_second_review_takes_the_place_of_the_first(ada, ben, objective):
    client, url = client_of(ada), url_of(objective, "reviews")
    send(client, "post", url, REVIEW)

    said = send(client, "post", url, REVIEW | {"rating": 2})

    assert said.status_code == 200, said.json()
    told = client_of(ben).get(url).json()["results"]
    assert [(each["rating"], each["scale"], each["reviewer"]) for each in told] == [(2, 5, ada.pk)]


def test_nobody_reviews_their_own_or_ends_what_is_not_theirs(ben, cleo, cycle, objective):
    assert send(client_of(ben), "post", url_of(objective, "reviews"), REVIEW).status_code == 403
    assert send(client_of(cleo), "post", url_of(objective), CLOSING).status_code == 403
    hidden = make_objective(ben, cycle, title="H", visibility="confidential")
    for noun, body in (("closure", CLOSING), ("reviews", REVIEW)):
        unseen = send(client_of(cleo), "post", url_of(hidden, noun), body)
        assert unseen.status_code == 404


def test_viewers_are_told_to_those_who_may_change_them(ben, cleo, cycle):
    vera = make_person("Vera Moss")
    shown = make_objective(ben, cycle, visibility="confidential", viewers=[vera, cleo])
    url = f"/api/v1/objectives/{shown.pk}/"

    assert client_of(ben).get(url).json()["viewers"] == [cleo.pk, vera.pk]
    assert client_of(vera).get(url).json()["viewers"] is None


def test_what_it_supports_is_told_as_far_as_it_is_seen(ben, cleo, cycle, objective):
    hidden = make_objective(ben, cycle, title="H", visibility="confidential")
    objective.supports.set([hidden])
    url = f"/api/v1/objectives/{objective.pk}/"

    assert client_of(ben).get(url).json()["supports"] == [hidden.pk]
    assert client_of(cleo).get(url).json()["supports"] == []


def test_reviews_cost_the_same_for_3_and_for_30(ben, objective, queries_of):
    client = client_of(ben)

    def add(number):
        for row in range(number):
            Review.objects.create(
                objective=objective,
                reviewer=make_person(f"Reviewer {Review.objects.count()} {row}"),
                at=objective.created_at,
                scale=5,
                **REVIEW,
            )

    add(3)
    few = queries_of(client, url_of(objective, "reviews"))
    add(27)
    assert queries_of(client, url_of(objective, "reviews")) == few


def test_objectives_with_all_they_tell_cost_the_same_for_3_and_for_30(ben, cycle, queries_of):
    client = client_of(ben)

    def add(number):
        for row in range(number):
            made = make_objective(ben, cycle, title=f"Row {row}")
            make_key_result(made)
            made.supports.set(Objective.objects.exclude(pk=made.pk)[:1])
            send(client, "post", url_of(made), CLOSING)

    add(3)
    few = queries_of(client, "/api/v1/objectives/")
    add(27)
    assert queries_of(client, "/api/v1/objectives/") == few
