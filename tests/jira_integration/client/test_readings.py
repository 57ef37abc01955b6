"""A body that is not as it should be spoils as little as possible, and is never guessed around."""

import pytest

from jira_integration.client import BrokenAnswer, Category, Issue, Poisoned
from tests.jira_integration.client.wire import client_of, issue_body, keys_of
from tests.stations import Said, station

POISON = [
    {"id": "10002"},
    {"id": "10002", "key": "ACME-2", "fields": []},
    {"id": "10002", "key": "ACME-2", "fields": {"status": None}},
    issue_body(2, summary={"type": "doc"}),
    issue_body(2, status={"name": "Done", "statusCategory": {"key": 3}}),
    issue_body(2) | {"id": True},
    issue_body(2) | {"id": "9" * 30},
    issue_body(2) | {"key": "javascript:alert(1)"},
    None,
    "ACME-2",
]


@pytest.mark.parametrize("poison", POISON)
def test_a_poisoned_issue_spoils_nothing_else_and_has_not_vanished(poison):
    bodies = [issue_body(number) for number in range(1, 500)]
    bodies[1] = poison
    with station(lambda _: Said({"issues": bodies})) as server, client_of(server) as client:
        found = [issue.key for batch in client.read_issues(["ACME-1"]) for issue in batch]
        assert len(found) == 498
        assert len(client.poisoned) == 1


def test_what_can_be_told_of_a_poisoned_issue_is_told():
    bodies = [issue_body(1), issue_body(2, status=None)]
    unread = [{"id": "10003", "errorMessage": "Busy."}, {"id": "ACME-4"}, {"id": 5}, "x"]
    body = {"issues": bodies, "issueErrors": unread}
    with station(lambda _: Said(body)) as server, client_of(server) as client:
        assert keys_of(client.read_issues([1])) == [["ACME-1"]]
        assert client.poisoned == [
            Poisoned(10_002, "ACME-2", "status"),
            Poisoned(10_003, "", "Busy."),
            Poisoned(None, "ACME-4", ""),
        ]


def test_an_answer_without_one_readable_issue_is_broken():
    bodies = [issue_body(number, status=7) for number in range(5)]
    with station(lambda _: Said({"issues": bodies})) as server, client_of(server) as client:
        with pytest.raises(BrokenAnswer) as failed:
            list(client.search("project = ACME"))
        assert failed.value.reason == "wrong shape"


@pytest.mark.parametrize(
    ("key", "category"),
    [
        ("new", Category.NEW),
        ("indeterminate", Category.INDETERMINATE),
        ("done", Category.DONE),
        ("undefined", Category.UNDEFINED),
        ("in-flight", Category.UNDEFINED),
    ],
)
def test_the_category_is_decided_by_its_key(key, category):
    body = {"issues": [issue_body(1, key)]}
    with station(lambda _: Said(body)) as server, client_of(server) as client:
        assert next(client.search("x = y"))[0].category is category


@pytest.mark.parametrize("status", [{"name": "Parked"}, {"name": "Parked", "statusCategory": None}])
def test_a_status_without_a_category_is_undefined(status):
    body = {"issues": [issue_body(1, status=status)]}
    with station(lambda _: Said(body)) as server, client_of(server) as client:
        assert next(client.search("x = y"))[0].category is Category.UNDEFINED


@pytest.mark.parametrize("when", [None, "yesterday", 5, "2026-11-03"])
def test_an_unknown_time_of_change_is_no_time(when):
    body = {"issues": [issue_body(1, updated=when)]}
    with station(lambda _: Said(body)) as server, client_of(server) as client:
        issue = next(client.search("x = y"))[0]
        assert isinstance(issue, Issue)
        assert issue.updated is None


def test_long_and_odd_text_is_clipped_and_cleaned():
    body = {"issues": [issue_body(1, summary="a\0" + "b" * 5_000_000)]}
    with station(lambda _: Said(body)) as server, client_of(server) as client:
        assert next(client.search("x = y"))[0].summary == "a" + "b" * 254


@pytest.mark.parametrize(
    ("ask", "body"),
    [
        (lambda client: client.myself(), {"displayName": "x"}),
        (lambda client: client.permissions(["BROWSE_PROJECTS"]), {"permissions": []}),
        (lambda client: client.count_projects(), {"total": "many"}),
        (lambda client: client.projects(), {"values": None}),
        (lambda client: client.count("x = y"), {"count": -1}),
        (lambda client: client.check_jql("x = y"), {"queries": None}),
        (lambda client: client.suggest("x"), {"sections": {}}),
        (lambda client: client.fields(), {}),
        (lambda client: client.statuses(), "x"),
        (lambda client: client.resolutions(), {"values": {}}),
        (lambda client: client.cloud_id(), {"cloudId": "../../x"}),
        (lambda client: list(client.search("x = y")), {"issues": {}}),
        (lambda client: list(client.search("x = y")), {"issues": [], "nextPageToken": 5}),
        (lambda client: list(client.read_issues([1])), {"issues": None}),
        (lambda client: list(client.read_issues([1])), []),
        (lambda client: client.projects(), []),
    ],
)
def test_a_wrong_shape_is_a_broken_answer_everywhere(ask, body):
    with (
        station(lambda _: Said(body)) as server,
        client_of(server) as client,
        pytest.raises(BrokenAnswer),
    ):
        ask(client)
