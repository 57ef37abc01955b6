"""Comments and following through the API: said, reworded, deleted, and heard of."""

import pytest

from okr.models import AuditEntry, Comment, Follow, Notification
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

WORDS = {"words": "Well done, @Cleo Marchetti!"}


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle))


@pytest.fixture(params=["objectives", "key-results"])
def place(request, key_result):
    pk = key_result.pk if request.param == "key-results" else key_result.objective_id
    return f"/api/v1/{request.param}/{pk}/"


def test_a_comment_tells_whom_it_mentions_and_is_reworded_and_deleted(ada, ben, cleo, place):
    said = send(client_of(ada), "post", f"{place}comments/", WORDS)

    assert said.status_code == 201, said.json()
    assert Notification.objects.filter(person=cleo, kind="mention").count() == 1
    url = said["Location"]
    assert client_of(ben).get(f"{place}comments/").json()["results"] == [said.json()]

    reworded = send(client_of(ada), "patch", url, {"words": "Well done."})
    assert (reworded.status_code, reworded.json()["words"]) == (200, "Well done.")
    assert send(client_of(ben), "patch", url, WORDS).status_code == 403
    assert send(client_of(ben), "delete", url).status_code == 403
    assert send(client_of(ada), "delete", url).status_code == 204
    assert client_of(ada).get(url).status_code == 404
    assert client_of(ben).get(f"{place}comments/").json()["results"] == []


def test_sent_twice_with_a_key_it_is_said_once(ada, place):
    for _ in range(2):
        send(client_of(ada), "post", f"{place}comments/", WORDS, **{"Idempotency-Key": "1"})

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "words"), ({"words": " "}, "words"), (WORDS | {"by": 1}, "by"), ([], "")],
)
def test_what_is_missing_or_wrong_is_named_and_says_nothing(ada, place, body, field):
    refused = send(client_of(ada), "post", f"{place}comments/", body)

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    assert not Comment.objects.exists()


def test_an_admin_who_deletes_what_others_said_stands_in_the_audit_log(ben, olga, place):
    said = send(client_of(ben), "post", f"{place}comments/", WORDS)

    client = client_of(olga, "read", "write", "admin")
    assert send(client, "delete", said["Location"]).status_code == 204

    assert AuditEntry.objects.filter(action="contents.comment_deleted").exists()


def test_somebody_follows_and_leaves(cleo, place):
    client, url = client_of(cleo), f"{place}follow/"
    assert client.get(url).json() == {"following": False}

    assert send(client, "post", url).json() == {"following": True}
    assert client.get(url).json() == {"following": True}
    assert send(client, "delete", url).json() == {"following": False}
    assert Follow.objects.count() == 1
    assert faults(send(client, "post", url, {"person": 1})) == ["person"]


def test_of_what_is_hidden_nothing_is_read_or_said(ben, cleo, cycle):
    hidden = make_key_result(make_objective(ben, cycle, title="H", visibility="confidential"))
    said = send(client_of(ben), "post", f"/api/v1/key-results/{hidden.pk}/comments/", WORDS)
    client = client_of(cleo)

    assert client.get(said["Location"]).status_code == 404
    for noun, pk in (("objectives", hidden.objective_id), ("key-results", hidden.pk)):
        for part in ("comments", "follow"):
            url = f"/api/v1/{noun}/{pk}/{part}/"
            assert client.get(url).status_code == 404
            assert send(client, "post", url, WORDS).status_code == 404


def test_a_list_costs_the_same_for_3_and_for_30(ben, key_result, queries_of):
    url = f"/api/v1/key-results/{key_result.pk}/comments/"

    def add(number):
        for _ in range(number):
            Comment.objects.create(
                key_result=key_result, by=ben, at=key_result.created_at, words="A"
            )

    add(3)
    few = queries_of(client_of(ben), url)
    add(27)
    assert queries_of(client_of(ben), url) == few
