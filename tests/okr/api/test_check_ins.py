"""Check-ins through the API: the number moves as on the page, and upward."""

import pytest

from okr.models import KeyResult
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

SAID = {"confidence": "at_risk", "note": "Two clinics left.", "value": 70}


@pytest.fixture
def key_result(ben, cycle):
    return make_key_result(make_objective(ben, cycle), at="40", start=0, target=100)


def url_of(key_result):
    return f"/api/v1/key-results/{key_result.pk}/check-ins/"


def test_what_is_said_moves_the_number_and_the_objective(ben, key_result):
    client = client_of(ben)

    said = send(client, "post", url_of(key_result), SAID)

    assert said.status_code == 201, said.json()
    assert (said.json()["value"], said.json()["progress"]) == ("70.000000", "70.0000")
    key_result.refresh_from_db()
    key_result.objective.refresh_from_db()
    assert (key_result.progress, key_result.confidence) == (70, "at_risk")
    assert key_result.objective.progress == 70
    *_, last = client.get(url_of(key_result)).json()["results"]
    assert last == said.json()


def test_said_twice_with_a_key_it_counts_once(ben, key_result):
    before = key_result.check_ins.count()
    for _ in range(2):
        send(client_of(ben), "post", url_of(key_result), SAID, **{"Idempotency-Key": "1"})

    assert key_result.check_ins.count() == before + 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "confidence"),
        ({"confidence": "off_track", "value": 1}, "note"),
        ({"confidence": "on_track"}, "value"),
        ({"confidence": "on_track", "value": "many"}, "value"),
        ({"confidence": "on_track", "value": 1, "at": "2020-01-01"}, "at"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_moves_nothing(ben, key_result, body, field):
    refused = send(client_of(ben), "post", url_of(key_result), body)

    assert refused.status_code in (400, 422), refused.json()
    assert field in [each["field"] for each in refused.json()["errors"]]
    assert KeyResult.objects.get().progress == 40


def test_others_read_and_do_not_say(ben, cleo, cycle, key_result):
    assert send(client_of(cleo), "post", url_of(key_result), SAID).status_code == 403
    assert client_of(cleo).get(url_of(key_result)).status_code == 200
    hidden = make_key_result(make_objective(ben, cycle, title="H", visibility="confidential"))
    assert client_of(cleo).get(url_of(hidden)).status_code == 404


def test_the_latest_is_corrected_by_whoever_made_it(ada, ben, key_result):
    first = send(client_of(ben), "post", url_of(key_result), SAID)
    url = f"{first['Location']}correction/"

    assert send(client_of(ada), "post", url, SAID).status_code == 403
    corrected = send(client_of(ben), "post", url, {**SAID, "value": 60})

    assert corrected.status_code == 201, corrected.json()
    assert corrected.json()["corrects"] == first.json()["id"]
    key_result.refresh_from_db()
    assert key_result.progress == 60
    assert send(client_of(ben), "post", url, SAID).status_code == 403
    standing = [each["id"] for each in client_of(ben).get("/api/v1/check-ins/").json()["results"]]
    assert corrected.json()["id"] in standing
    assert first.json()["id"] not in standing


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "confidence"),
        ({**SAID, "value": "many"}, "value"),
        ({**SAID, "reached": [1]}, "reached"),
    ],
)
def test_a_correction_that_cannot_be_taken_is_named(ben, key_result, body, field):
    said = key_result.check_ins.get()

    refused = send(client_of(ben), "post", f"/api/v1/check-ins/{said.pk}/correction/", body)

    assert refused.status_code in (400, 422)
    assert field in faults(refused)
    assert key_result.check_ins.count() == 1


def test_that_nothing_changed_is_said_once_with_a_key(ben, key_result):
    url, key = f"/api/v1/key-results/{key_result.pk}/confirmation/", {"Idempotency-Key": "1"}

    for _ in range(2):
        said = send(client_of(ben), "post", url, {"note": "All as it was."}, **key)
        assert said.status_code == 201, said.json()

    told = said.json()
    assert (told["unchanged"], told["value"], told["confidence"]) == (True, "40.000000", "on_track")
    assert key_result.check_ins.count() == 2
    assert faults(send(client_of(ben), "post", url, {"value": 1})) == ["value"]


def test_where_nobody_has_judged_nothing_is_unchanged(ben, cycle):
    fresh = make_key_result(make_objective(ben, cycle))

    refused = send(client_of(ben), "post", f"/api/v1/key-results/{fresh.pk}/confirmation/", {})

    assert refused.status_code == 422
    assert not fresh.check_ins.exists()


def test_check_ins_of_what_is_hidden_are_not_there(ben, cleo, cycle):
    hidden = make_key_result(make_objective(ben, cycle, visibility="confidential"), at="5")
    said = hidden.check_ins.get()
    client, url = client_of(cleo), f"/api/v1/check-ins/{said.pk}/"

    assert client.get(url).status_code == 404
    assert send(client, "post", f"{url}correction/", SAID).status_code == 404
    confirmation = f"/api/v1/key-results/{hidden.pk}/confirmation/"
    assert send(client, "post", confirmation, {}).status_code == 404
    assert client.get("/api/v1/check-ins/").json()["results"] == []


def test_all_check_ins_cost_the_same_for_3_and_for_30(ben, cycle, queries_of):
    objective = make_objective(ben, cycle)

    def add(number):
        for row in range(number):
            make_key_result(objective, at="5", title=f"Row {row}")

    add(3)
    few = queries_of(client_of(ben), "/api/v1/check-ins/")
    add(27)
    assert queries_of(client_of(ben), "/api/v1/check-ins/") == few
