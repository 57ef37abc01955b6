"""OKRs as a file through the API."""

from http import HTTPStatus

import pytest

from okr.as_code.plan import MOST_AT_ONCE
from okr.models import Cycle, Objective
from tests.cast import make_objective
from tests.okr.api.script import client_of, send

URL = "/api/v1/okr-file/"


@pytest.fixture
def client(ben, cycle):
    make_objective(ben, cycle, title="Calm releases")
    return client_of(ben)


def posted(client, deed, text, **headers):
    return client.post(f"{URL}{deed}/", text, content_type="application/yaml", headers=headers)


def test_a_file_goes_out_is_planned_and_applied(client):
    told = client.get(URL, {"cycle": "autumn"})
    assert told["Content-Type"] == "application/yaml; charset=utf-8"
    text = told.content.decode().replace("title: Calm", "title: Calmer")

    planned = posted(client, "plan", text)
    assert planned.status_code == HTTPStatus.OK, planned.content
    assert planned.json()["steps"] == [
        {
            "deed": "change",
            "noun": "objective",
            "way": "objectives.calm-releases",
            "title": "Calmer releases",
            "line": 12,
            "changes": [{"field": "title", "before": "Calm releases", "after": "Calmer releases"}],
            "loses": [],
        }
    ]
    assert Objective.objects.get().title == "Calm releases"

    applied = posted(client, "apply", text, if_match=planned["ETag"])
    assert (applied.status_code, applied.json()) == (HTTPStatus.OK, planned.json())
    assert Objective.objects.get().title == "Calmer releases"
    again = posted(client, "apply", text, if_match=planned["ETag"])
    assert again.status_code == HTTPStatus.PRECONDITION_FAILED


def test_faults_name_line_and_field(client):
    text = "version: 1\nobjectives:\n  a:\n    title: A\n    owner: nobody\n    cycle: autumn\n"
    response = posted(client, "apply", text)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response["Content-Type"] == "application/problem+json"
    (fault,) = response.json()["errors"]
    assert (fault["line"], fault["column"], fault["field"]) == (5, 5, "objectives.a.owner")


@pytest.mark.parametrize(
    ("content", "line"), [(b"# empty", 1), (b"version: 1\n\xff", 2), (b"version: &a 1", 1)]
)
def test_what_is_no_file_is_refused(client, content, line):
    response = posted(client, "plan", content)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, response.content
    assert response.json()["errors"][0].get("line") == line


def test_what_the_file_leaves_out_is_removed_where_that_is_asked_for(client):
    text = client.get(URL).content.decode().partition("\nobjectives:")[0]

    kept = send(client, "post", f"{URL}plan/", {"file": text})
    removed = send(client, "post", f"{URL}apply/", {"file": text, "remove": True})

    assert (kept.json()["removals"], kept.json()["left"]) == (0, 1)
    assert removed.json()["removals"] == 1
    assert not Objective.objects.exists()


def test_a_token_plans_with_reading_and_applies_with_writing(ben, cycle):
    reading = client_of(ben, "read")
    text = reading.get(URL).content.decode()

    assert posted(reading, "plan", text).status_code == HTTPStatus.OK
    assert posted(reading, "apply", text).status_code == HTTPStatus.FORBIDDEN


def test_cycles_take_an_admin_with_the_scope_for_it(olga, cycle):
    text = client_of(olga).get(URL).content.decode().replace("name: Autumn", "name: Fall")

    refused = posted(client_of(olga), "apply", text)
    assert "scope “admin”" in refused.json()["errors"][0]["message"]
    posted(client_of(olga, "write", "admin"), "apply", text)

    assert Cycle.objects.get().name == "Fall"


def test_a_request_makes_so_many_changes_and_no_more(client, ben):
    rows = [f"  o-{place}: {{title: O}}" for place in range(MOST_AT_ONCE + 1)]

    response = posted(client, "plan", "version: 1\nobjectives:\n" + "\n".join(rows))

    assert "at most 250" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("field", "name", "message"),
    [
        ("cycle", "spring", "No cycle has the key spring."),
        ("unit", "nowhere", "No unit has the name nowhere."),
    ],
)
def test_an_unknown_cycle_or_unit_is_refused_by_name(client, field, name, message):
    response = client.get(URL, {field: name}, headers={"accept": "application/yaml"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.json()["errors"] == [{"field": field, "message": message}]


def test_the_file_of_a_unit_lists_no_cycles(client, ben):
    text = client.get(URL, {"unit": ben.unit.slug}).content.decode()

    assert "  calm-releases:" in text
    assert "cycles:" not in text
