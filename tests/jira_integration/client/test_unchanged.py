"""What Jira tells exactly as it is known is passed over, and nothing else is."""

import copy
from typing import Any

import pytest

from jira_integration.client.unchanged import without_known

ROW = {
    "id": "10001",
    "key": "DEMO-1",
    "fields": {
        "summary": "Connect the clinic",
        "status": {"name": "Done", "statusCategory": {"key": "done"}},
        "issuetype": {"name": "Task"},
        "resolution": {"id": "1", "name": "Fixed"},
        "project": {"id": "10000"},
        "updated": "2026-11-03T10:15:00.000+0200",
    },
}
STANDING = (
    *("DEMO-1", "Connect the clinic", "Done", "done", "Task", "1", "Fixed", 10000),
    *(1793693700.0, None, "{}"),
)


def left(*rows, known=STANDING):
    body, same = without_known({"issues": list(rows)}, lambda _: {10001: known})
    return body["issues"], same


def test_an_issue_as_it_is_known_is_passed_over():
    assert left(ROW) == ([], {10001})


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
def test_whatever_differs_or_is_odd_is_read(place, value):
    row = copy.deepcopy(ROW)
    inside: Any = row
    for name in place[:-1]:
        inside = inside[name]
    inside[place[-1]] = value

    assert left(row) == ([row], set())


def test_an_issue_that_was_lost_is_read_again():
    assert left(ROW, known=(*STANDING[:9], "2026-11-03", "{}")) == ([ROW], set())


@pytest.mark.parametrize("body", [None, [], {}, {"issues": {}}, {"issues": "none"}])
def test_a_body_of_another_shape_stays_as_it_is(body):
    assert without_known(body, lambda _: {}) == (body, set())


@pytest.mark.parametrize("row", [None, 7, "row", {}, {"id": {}}, {"id": "x"}])
def test_a_row_of_another_shape_is_read_with_care(row):
    assert left(row) == ([row], set())
