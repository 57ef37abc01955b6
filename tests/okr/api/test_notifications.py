"""Notifications through the API: one's own, read and unread again; and what waits for a word."""

import pytest
from django.utils import timezone

from okr.models import Notification
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/notifications/"


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle))


@pytest.fixture
def told(ada, ben, key_result):
    return [make(ben, ada, key_result) for _ in range(3)]


def make(person, by, key_result):
    return Notification.objects.create(
        person=person, by=by, kind="comment", key_result=key_result, at=timezone.now(), words="Hi"
    )


def listed(client, **asked):
    return [each["id"] for each in client.get(URL, asked).json()["results"]]


def test_they_are_told_in_words_the_newest_first(ben, ada, cleo, told, key_result):
    results = client_of(ben).get(URL).json()["results"]

    assert [each["id"] for each in results] == [each.pk for each in reversed(told)]
    first = results[0]
    assert (first["sentence"], first["words"]) == (f"{ada} commented", "Hi")
    assert first["url"].endswith(f"/key-results/{key_result.pk}/")
    assert listed(client_of(cleo)) == []


def test_one_is_read_and_unread_again(ben, told):
    client, url = client_of(ben), f"{URL}{told[0].pk}/read/"

    assert send(client, "post", url).json()["read_at"]
    assert listed(client, unread=True) == [told[2].pk, told[1].pk]
    assert listed(client, unread=False) == [told[0].pk]
    assert send(client, "delete", url).json()["read_at"] is None


def test_what_came_since_stays_unread(ben, told):
    client = client_of(ben)

    assert send(client, "post", f"{URL}seen/", {"newest": told[1].pk}).json() == {"unread": 1}
    assert send(client, "post", f"{URL}seen/", {}).json() == {"unread": 0}
    assert faults(send(client, "post", f"{URL}seen/", {"newest": "all"})) == ["newest"]
    assert faults(send(client, "post", f"{URL}seen/", {"oldest": 1})) == ["oldest"]


def test_those_of_others_are_not_there(cleo, told):
    assert send(client_of(cleo), "post", f"{URL}{told[0].pk}/read/").status_code == 404
    assert send(client_of(cleo), "delete", f"{URL}{told[0].pk}/read/").status_code == 404


def test_a_list_costs_the_same_for_3_and_for_30(ada, ben, told, key_result, queries_of):
    few = queries_of(client_of(ben), URL)
    for _ in range(27):
        make(ben, ada, key_result)
    assert queries_of(client_of(ben), URL) == few


def test_ones_own_key_results_wait_until_one_says_how_they_stand(ben, cleo, key_result):
    url = "/api/v1/check-in-queue/"
    client = client_of(ben)
    assert [each["id"] for each in client.get(url).json()["results"]] == [key_result.pk]
    assert client_of(cleo).get(url).json()["results"] == []

    said = {"confidence": "on_track", "value": 5}
    send(client, "post", f"/api/v1/key-results/{key_result.pk}/check-ins/", said)

    assert client.get(url).json()["results"] == []


def test_the_queue_costs_the_same_for_3_and_for_30(ben, key_result, queries_of):
    def add(number):
        for row in range(number):
            make_key_result(key_result.objective, title=f"Row {row}")

    add(2)
    few = queries_of(client_of(ben), "/api/v1/check-in-queue/")
    add(27)
    assert queries_of(client_of(ben), "/api/v1/check-in-queue/") == few
