"""Evidence through the API: searched, attached, listed, taken away, by the rules of the pages."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import CheckIn, KeyResult, Person
from tests.confluence.stage import HOURS, ROOMS, attach
from tests.okr.api.script import client_of, faults, send


@pytest.fixture
def script(ben: Person, connection: ConfluenceConnection) -> Client:
    return client_of(ben)


def place(key_result: KeyResult, *more: str) -> str:
    return f"/api/v1/key-results/{key_result.pk}/confluence/{''.join(more)}"


def test_a_page_is_found_attached_listed_and_taken_away(
    wiki: SandboxConfluence, script: Client, key_result: KeyResult
) -> None:
    [found] = script.get(place(key_result, "search/"), {"words": "open"}).json()["pages"]
    assert (found["page"], found["title"]) == (HOURS, "Opening hours")
    made = send(script, "post", place(key_result), {"page": str(found["page"])})
    assert made.status_code == 201, made.json()
    assert (made.json()["title"], made.json()["absence"]) == ("Opening hours", "")
    other = send(script, "post", place(key_result), {"page": wiki.page(ROOMS).tiny})
    assert other.json()["page"] == ROOMS
    rows = script.get(place(key_result)).json()["results"]
    assert [each["page"] for each in rows] == [HOURS, ROOMS]
    assert script.get(made["Location"]).json() == rows[0]
    assert send(script, "delete", made["Location"]).status_code == 204
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("page", ["opening hours", "https://elsewhere.example/x/IQAB", "99", "0"])
def test_what_names_no_page_is_refused_by_its_field(
    page: str, script: Client, key_result: KeyResult
) -> None:
    response = send(script, "post", place(key_result), {"page": page})
    assert response.status_code == 422
    assert faults(response) == ["page"]


def test_the_same_page_is_a_conflict_and_the_same_request_is_not(
    script: Client, key_result: KeyResult
) -> None:
    body, key = {"page": str(HOURS)}, {"Idempotency-Key": "one"}
    for _ in range(2):
        assert send(script, "post", place(key_result), body, **key).status_code == 201
    assert send(script, "post", place(key_result), body).status_code == 409


def test_a_check_in_has_its_own(script: Client, key_result: KeyResult, ben: Person) -> None:
    said = key_result.check_in(by=ben, at=timezone.now(), confidence="on_track")
    here = f"/api/v1/check-ins/{said.pk}/confluence/"
    assert script.get(f"{here}search/", {"words": "rooms"}).json()["pages"]
    assert send(script, "post", here, {"page": str(ROOMS)}).json()["check_in"] == said.pk
    assert len(script.get(here).json()["results"]) == 1
    assert script.get(place(key_result)).json()["results"] == []


def test_others_read_and_do_not_write(
    script: Client, key_result: KeyResult, cleo: Person, ben: Person
) -> None:
    attach(HOURS, key_result)
    other = client_of(cleo)
    [row] = other.get(place(key_result)).json()["results"]
    assert row["title"] == "Opening hours"
    assert send(other, "post", place(key_result), {"page": str(ROOMS)}).status_code == 403
    assert send(other, "delete", f"/api/v1/confluence/evidence/{row['id']}/").status_code == 403
    only_reads = client_of(ben, "read")
    assert send(only_reads, "post", place(key_result), {"page": str(ROOMS)}).status_code == 403


def test_while_it_is_off_nothing_is_asked(
    wiki: SandboxConfluence, script: Client, key_result: KeyResult
) -> None:
    attach(HOURS, key_result)
    ConfluenceSettings.load().switch("enabled", on=False)
    wiki.forget_calls()
    assert send(script, "post", place(key_result), {"page": str(ROOMS)}).status_code == 403
    assert script.get(place(key_result, "search/")).status_code == 403
    assert len(script.get(place(key_result)).json()["results"]) == 1
    assert wiki.calls == ()


def test_a_list_costs_the_same_questions_with_one_page_and_with_many(
    script: Client, key_result: KeyResult, django_assert_max_num_queries: Any
) -> None:
    attach(HOURS, key_result)
    with django_assert_max_num_queries(40) as one:
        script.get(place(key_result))
    for number in (ROOMS, 65761):
        attach(number, key_result)
    with django_assert_max_num_queries(len(one.captured_queries)):
        script.get(place(key_result))


def test_what_was_corrected_has_no_place_of_its_own(
    script: Client, key_result: KeyResult, ben: Person
) -> None:
    said: CheckIn = key_result.check_in(by=ben, at=timezone.now(), confidence="on_track")
    said.correct(by=ben, at=timezone.now(), confidence="at_risk")
    assert script.get(f"/api/v1/check-ins/{said.pk}/confluence/").status_code == 404
