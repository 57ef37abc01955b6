"""Check-ins through the API: the number moves as on the page, and upward."""

import pytest

from okr.models import KeyResult
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, send

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
