"""What Jira tells to the letter as the last time is passed over, and nothing else is."""

import copy
import json
from typing import Any

import pytest

from jira_integration.client.unchanged import sift
from okr.outgoing.body import BodyError

ROW = {
    "expand": "names",
    "id": "10001",
    "key": "DEMO-1",
    "fields": {
        "summary": 'Connect the "clinic"},{"expand":',
        "status": {"name": "Done", "statusCategory": {"id": 3, "key": "done"}},
        "issuetype": {"name": "Task"},
        "resolution": {"id": "1", "name": "Fixed"},
        "project": {"id": "10000"},
        "updated": "2026-11-03T10:15:00.000+0200",
    },
}
LAST = {"expand": "names", "id": "10009"}


def numbered(number: int) -> dict[str, Any]:
    return {**copy.deepcopy(ROW), "id": str(number)}


def answer(*rows: Any, **others: Any) -> bytes:
    body = {"expand": "schema", "issues": [*rows, LAST], **others}
    return json.dumps(body, separators=(",", ":")).encode()


def known(*rows: Any) -> dict[str, int]:
    return {name: number for number, name in sift(answer(*rows), {}).fingerprints.items()}


def test_what_is_not_known_is_read_and_given_a_fingerprint():
    sifted = sift(answer(ROW, numbered(10002)), {})

    assert sifted.body == {"expand": "schema", "issues": [ROW, numbered(10002), LAST]}
    assert sifted.same == set()
    assert sifted.fingerprints.keys() == {10001, 10002}
    assert len(set(sifted.fingerprints.values())) == 2


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_issue_as_it_is_known_is_passed_over_wherever_it_stands(place):
    rows = [numbered(10002), numbered(10003)]

    sifted = sift(answer(*rows[:place], ROW, *rows[place:], issueErrors=[]), known(ROW))

    assert sifted.body == {"expand": "schema", "issues": [*rows, LAST], "issueErrors": []}
    assert sifted.same == {10001}
    assert sifted.fingerprints.keys() == {10002, 10003}


def test_of_an_answer_that_is_all_known_only_the_last_issue_is_read():
    rows = [ROW, numbered(10002)]

    sifted = sift(answer(*rows), known(*rows))

    assert (sifted.body["issues"], sifted.same) == ([LAST], {10001, 10002})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("key",), "OPS-7"),
        (("fields", "summary"), "Disconnect it"),
        (("fields", "status", "name"), "Closed"),
        (("fields", "status", "statusCategory", "key"), "new"),
        (("fields", "issuetype", "name"), "Bug"),
        (("fields", "resolution"), None),
        (("fields", "project", "id"), "10001"),
        (("fields", "updated"), "2026-11-03T10:15:00.001+0200"),
        (("fields", "updated"), 17),
        (("fields", "status"), None),
        (("fields", "project"), "DEMO"),
    ],
)
def test_whatever_differs_by_one_letter_is_read(place, value):
    row = copy.deepcopy(ROW)
    inside: Any = row
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = value

    sifted = sift(answer(row), known(ROW))

    assert (sifted.body["issues"], sifted.same) == ([row, LAST], set())


def test_issues_that_begin_otherwise_than_the_first_are_read():
    odd = {"id": "10002", "expand": "names"}

    sifted = sift(answer(ROW, odd, numbered(10003)), known(ROW))

    assert (sifted.body["issues"], sifted.same) == ([ROW, odd, numbered(10003), LAST], set())
    assert sifted.fingerprints == {}


def test_an_issue_with_another_inside_that_begins_alike_is_read():
    nested = {**numbered(10002), "below": [LAST, ROW, LAST]}

    sifted = sift(answer(nested), known(ROW))

    assert (sifted.body["issues"], sifted.same) == ([nested, LAST], set())


@pytest.mark.parametrize(
    "body", [None, [], {}, {"issues": {}}, {"issues": "none"}, {"issues": [LAST]}, {"issues": [7]}]
)
def test_an_answer_of_another_shape_is_read_as_it_is(body):
    assert sift(json.dumps(body, separators=(",", ":")).encode(), {}).body == body


def test_an_answer_with_spaces_is_read_whole():
    assert sift(json.dumps({"issues": [ROW, LAST]}).encode(), known(ROW)).same == set()


@pytest.mark.parametrize("row", [None, 7, "row", {}, {"expand": "names", "id": "x"}])
def test_a_row_of_another_shape_is_read_with_care(row):
    sifted = sift(answer(row, ROW), known(ROW))

    assert row in sifted.body["issues"]
    assert not sifted.fingerprints.keys() - {10001}


def test_an_answer_that_breaks_off_is_refused():
    with pytest.raises(BodyError):
        sift(answer(ROW, numbered(10002))[:-2], known(ROW))
