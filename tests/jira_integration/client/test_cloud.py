"""The Cloud client asks what Jira allows, reads what it needs, and ends whatever it is sent."""

from itertools import count

import pytest

from atlassian.client import MOST_PAGES
from jira_integration.client import (
    BrokenAnswer,
    Category,
    JiraClient,
    NotJira,
    QueryRefused,
    Resolution,
)
from tests.jira_integration.client.wire import ME, SERVER_INFO, client_of, issue_body, keys_of
from tests.stations import Heard, Said, station


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
        asked = server.heard[0].body["fields"]
        assert asked == ["summary", "status", "issuetype", "updated", "resolution", "project"]


def test_with_too_many_fields_the_small_batch_is_used():
    numbers = [f"customfield_{number}" for number in range(95)]
    with station(bulk(100)) as server, client_of(server) as client:
        batches = list(client.read_issues(range(10_001, 10_151), numbers))
        assert [len(batch) for batch in batches] == [100, 50]
        assert len(server.heard[0].body["fields"]) == 101


def test_a_site_without_pages_of_resolutions_has_the_older_list():
    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/search"):
            return Said({}, 404)
        return Said([{"id": "10000", "name": "Done"}, {"name": "Without an id"}])

    with station(answer) as server, client_of(server) as client:
        assert client.resolutions() == [Resolution("10000", "Done")]


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


def test_the_smaller_questions_are_asked_and_read():
    bodies = {
        "/myself": ME | {"emailAddress": "bot@acme.example"},
        "/mypermissions": {"permissions": {"A": {"havePermission": True}, "B": {}, "C": 7}},
        "/search/approximate-count": {"count": 120},
        "/jql/parse": {"queries": [{"query": "x", "errors": ["No field x.", 5]}]},
        "/field": [{"id": "cf", "name": "Points", "custom": True, "schema": {"type": "number"}}, 5],
        "/status": [{"id": "1", "name": "Idea", "statusCategory": {"key": "new"}}, {}],
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
    answers = iter([["Too long."], []])
    with (
        station(lambda _: Said({"errorMessages": next(answers)}, 400)) as server,
        client_of(server) as client,
    ):
        assert client.check_jql("x = y") == ["Too long."]
        assert client.check_jql("x = y") == ["query_refused"]


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
