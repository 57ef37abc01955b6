"""The Cloud client asks what Jira allows, reads what it needs, and ends whatever it is sent."""

from itertools import count

import pytest

from jira_integration.client import (
    BrokenAnswer,
    Category,
    Issue,
    JiraClient,
    NotJira,
    Poisoned,
    QueryRefused,
)
from jira_integration.client.pages import MOST_PAGES
from tests.jira_integration.client.wire import (
    ME,
    SERVER_INFO,
    Heard,
    Said,
    client_of,
    issue_body,
    station,
)


def keys_of(batches) -> list[list[str]]:
    return [[issue.key for issue in batch] for batch in batches]


def bulk(most: int):
    """A bulkfetch that knows every issue and takes so many at once."""

    def answer(heard: Heard) -> Said:
        names = heard.body["issueIdsOrKeys"]
        if len(names) > most:
            return Said({"errorMessages": [f"At most {most}."]}, 400)
        return Said({"issues": [issue_body(int(name) - 10_000) for name in names]})

    return answer


def test_the_site_is_asked_without_credentials_until_it_has_proven_to_be_jira():
    with station(lambda _: Said(SERVER_INFO)) as server, client_of(server) as client:
        assert client.server().is_cloud
        assert "Authorization" not in server.heard[0].headers


@pytest.mark.parametrize(
    "said",
    [
        Said({}),
        Said([]),
        Said({"version": "1"}),
        Said({}, 404),
        Said({}, 401),
        Said({}, 400),
        Said(b"<html>", kind="text/html"),
    ],
)
def test_whatever_is_not_serverinfo_is_not_jira(said):
    with station(lambda _: said) as server, client_of(server) as client, pytest.raises(NotJira):
        client.server()


def test_issues_are_read_in_the_largest_batch():
    with station(bulk(1_000)) as server, client_of(server) as client:
        batches = list(client.read_issues(range(10_001, 12_502)))
        assert [len(batch) for batch in batches] == [1_000, 1_000, 501]
        assert server.heard[0].body["fields"] == ["summary", "status", "issuetype", "updated"]


def test_where_the_large_batch_is_refused_the_small_one_is_used_and_remembered():
    with station(bulk(100)) as server, client_of(server) as client:
        assert sum(len(batch) for batch in client.read_issues(range(10_001, 10_251))) == 250
        assert sum(len(batch) for batch in client.read_issues(range(10_001, 10_251))) == 250
        sizes = [len(heard.body["issueIdsOrKeys"]) for heard in server.heard]
        assert sizes == [250, 100, 100, 50, 100, 100, 50]


def test_a_small_batch_that_is_refused_is_an_error():
    with station(bulk(10)) as server, client_of(server) as client, pytest.raises(QueryRefused):
        list(client.read_issues(range(10_001, 10_051)))


def test_an_issue_asked_for_twice_is_asked_for_once():
    with station(bulk(100)) as server, client_of(server) as client:
        assert keys_of(client.read_issues([10_001, "10001", 10_002])) == [["ACME-1", "ACME-2"]]


def test_nothing_asked_is_nothing_read():
    with station(bulk(100)) as server, client_of(server) as client:
        assert list(client.read_issues([])) == []
        assert server.heard == []


def pages_of(*pages: tuple[list[int], str]):
    """Pages by token; the first has none."""
    tokens = ["", *(token for _, token in pages)]

    def answer(heard: Heard) -> Said:
        numbers, token = pages[tokens.index(heard.body.get("nextPageToken", ""))]
        body = {"issues": [issue_body(number) for number in numbers]}
        return Said(body | ({"nextPageToken": token} if token else {}))

    return answer


def test_a_search_follows_its_tokens_and_gives_each_issue_once():
    pages = pages_of(([1, 2], "a"), ([2, 3], "b"), ([4], ""))
    with station(pages) as server, client_of(server) as client:
        found = keys_of(client.search("project = ACME"))
        assert found == [["ACME-1", "ACME-2"], ["ACME-3"], ["ACME-4"]]


def test_a_repeated_token_ends_the_search():
    with station(pages_of(([1], "a"), ([2], "a"))) as server, client_of(server) as client:
        assert keys_of(client.search("project = ACME")) == [["ACME-1"], ["ACME-2"]]


def test_endless_pages_end_in_an_error():
    numbers = count(1)

    def answer(_: Heard) -> Said:
        return Said({"issues": [], "nextPageToken": f"t{next(numbers)}"})

    with station(answer) as server, client_of(server) as client:
        with pytest.raises(BrokenAnswer):
            list(client.search("project = ACME"))
        assert client.calls == MOST_PAGES


def expiring(times: int):
    """Refuses the second page so many times."""
    left = [times]

    def answer(heard: Heard) -> Said:
        if "nextPageToken" not in heard.body:
            return Said({"issues": [issue_body(1), issue_body(2)], "nextPageToken": "a"})
        if left[0]:
            left[0] -= 1
            return Said({"errorMessages": ["The token has expired."]}, 400)
        return Said({"issues": [issue_body(3)]})

    return answer


def test_an_expired_token_begins_the_search_again_once():
    with station(expiring(1)) as server, client_of(server) as client:
        found = keys_of(client.search("project = ACME"))
        assert found == [["ACME-1", "ACME-2"], [], ["ACME-3"]]
    with (
        station(expiring(2)) as server,
        client_of(server) as client,
        pytest.raises(QueryRefused),
    ):
        list(client.search("project = ACME"))


def test_a_limited_search_asks_for_no_more_than_it_needs():
    pages = pages_of(([1, 2], "a"), ([3, 4], "b"), ([5], ""))
    with station(pages) as server, client_of(server) as client:
        assert keys_of(client.search("x = y", limit=3)) == [["ACME-1", "ACME-2"], ["ACME-3"]]
        assert client.calls == 2
        assert server.heard[0].body["maxResults"] == 3


POISON = [
    {"id": "10002"},
    {"id": "10002", "key": "ACME-2", "fields": []},
    {"id": "10002", "key": "ACME-2", "fields": {"status": None}},
    issue_body(2, summary={"type": "doc"}),
    issue_body(2, status={"name": "Done"}),
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


def test_the_smaller_questions_are_asked_and_read():
    bodies = {
        "/myself": ME | {"emailAddress": "bot@acme.example"},
        "/mypermissions": {"permissions": {"A": {"havePermission": True}, "B": {}, "C": 7}},
        "/search/approximate-count": {"count": 120},
        "/jql/parse": {"queries": [{"query": "x", "errors": ["No field x.", 5]}]},
        "/field": [{"id": "cf", "name": "Points", "custom": True, "schema": {"type": "number"}}, 5],
        "/status": [{"id": "1", "name": "Idea", "statusCategory": {"key": "new"}}, {"id": "2"}],
        "/issue/picker": {
            "sections": [
                {"id": "hs", "issues": [{"id": 1, "key": "ACME-1", "summaryText": "One"}]},
                {"id": "cs", "issues": [{"id": 1, "key": "ACME-1", "summaryText": "One"}, {}]},
                {"id": "odd"},
            ]
        },
    }
    with station(lambda heard: Said(bodies[heard.path.removeprefix("/rest/api/3")])) as server:
        with client_of(server) as client:
            assert client.myself().email == "bot@acme.example"
            assert client.permissions(["A", "B", "C"]) == {"A"}
            assert client.count("x = y") == 120
            assert client.check_jql("x = y") == ["No field x."]
            assert [(field.id, field.kind) for field in client.fields()] == [("cf", "number")]
            assert [status.category for status in client.statuses()] == [Category.NEW]
            assert [one.summary for one in client.suggest("one")] == ["One"]
        assert server.heard[1].query == {"permissions": "A,B,C"}
        assert server.heard[3].query == {"validation": "strict"}


def test_projects_are_read_page_by_page():
    def answer(heard: Heard) -> Said:
        start, size = int(heard.query["startAt"]), int(heard.query["maxResults"])
        rows = [{"id": str(n), "key": f"P{n}", "name": "x"} for n in range(start, start + size)]
        return Said({"values": rows, "isLast": start + size >= 120})

    with station(answer) as server, client_of(server) as client:
        assert len(client.projects(limit=70)) == 70
        assert len(client.projects(limit=500)) == 150
        assert client.calls == 2 + 3


def test_a_query_that_the_parser_refuses_outright_is_told_in_its_words():
    for messages, told in ([["Too long."], ["Too long."]], [[], ["query_refused"]]):
        said = Said({"errorMessages": messages}, 400)
        with station(lambda _, said=said: said) as server, client_of(server) as client:
            assert client.check_jql("x = y") == told


def test_the_gateway_takes_the_place_of_the_site_for_all_but_the_first_question():
    with (
        station(lambda _: Said(ME | SERVER_INFO)) as server,
        client_of(server, api_base=f"{server.url}/ex/jira/1-2") as client,
    ):
        client.server()
        client.myself()
    assert [heard.path for heard in server.heard] == [
        "/rest/api/3/serverInfo",
        "/ex/jira/1-2/rest/api/3/myself",
    ]


def test_the_client_is_what_the_rest_of_the_room_expects():
    with station(lambda _: Said(ME)) as server:
        client: JiraClient = client_of(server)
        client.close()
