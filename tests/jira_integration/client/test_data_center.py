"""The Data Center client trusts what pages say of themselves, and never takes less for all."""

from collections.abc import Callable

import pytest

from jira_integration.client import (
    AddressPolicy,
    BasicOff,
    BrokenAnswer,
    Credentials,
    DataCenterClient,
    Forbidden,
    Kind,
    NotJira,
    Patience,
    QueryRefused,
    UnprovenAnswer,
    WrongCredentials,
    read_address,
    recognise,
)
from tests.jira_integration.client.wire import SERVER_INFO, TOKEN, issue_body, keys_of
from tests.stations import Heard, Said, Station, station

ME = {"name": "bot", "key": "JIRAUSER10100", "displayName": "Acme Bot"}
INFO = SERVER_INFO | {"deploymentType": "Server", "version": "9.12.4", "versionNumbers": [9, 12, 4]}


def client_of(server: Station, kind: Kind = Kind.ACCESS_TOKEN, path: str = "") -> DataCenterClient:
    policy = AddressPolicy(frozenset([server.place]))
    site = read_address(server.url + path, policy.allowed_hosts)
    return DataCenterClient(site, Credentials("bot", TOKEN, kind), policy)


def pages(rows: list[int], cap: int, total: int | None = None) -> Callable[[Heard], Said]:
    """A search over these issues with the administrator's cap."""

    def answer(heard: Heard) -> Said:
        start, size = heard.body["startAt"], min(heard.body["maxResults"], cap)
        issues = [issue_body(number) for number in rows[start : start + size]]
        count = len(rows) if total is None else total
        return Said({"startAt": start, "maxResults": size, "total": count, "issues": issues})

    return answer


def test_issues_are_read_two_hundred_at_a_time_without_validation():
    def answer(heard: Heard) -> Said:
        names = heard.body["jql"].partition("(")[2].partition(")")[0].split(", ")
        issues = [issue_body(int(name) - 10_000) for name in names]
        return Said({"startAt": 0, "maxResults": 1000, "total": len(issues), "issues": issues})

    with station(answer) as server, client_of(server) as client:
        batches = list(client.read_issues(range(10_001, 10_451)))
        assert [len(batch) for batch in batches] == [200, 200, 50]
        assert {heard.body["validateQuery"] for heard in server.heard} == {False}
        asked = server.heard[0].body["fields"]
        assert asked == ["summary", "status", "issuetype", "updated", "resolution", "project"]


def test_what_is_no_key_never_gets_into_a_query():
    with station(pages([1], 50)) as server, client_of(server) as client:
        assert list(client.read_issues(["1) OR project = SECRET", "nonsense", ""])) == []
        assert server.heard == []


def test_the_echoed_page_size_is_trusted():
    with station(pages(list(range(1, 13)), 5)) as server, client_of(server) as client:
        assert [len(page) for page in client.search("project = ACME")] == [5, 5, 2]
        asked = [(heard.body["startAt"], heard.body["maxResults"]) for heard in server.heard]
        assert asked == [(0, 1000), (5, 5), (10, 2)]


def test_a_limited_search_asks_for_no_more_than_it_needs():
    with station(pages(list(range(1, 13)), 5)) as server, client_of(server) as client:
        assert keys_of(client.search("x = y", limit=2)) == [["ACME-1", "ACME-2"]]
        assert [heard.body["maxResults"] for heard in server.heard] == [2]


def test_an_empty_page_before_the_last_is_no_end():
    with (
        station(pages([1, 2], 2, total=9)) as server,
        client_of(server) as client,
        pytest.raises(BrokenAnswer),
    ):
        list(client.search("project = ACME"))


def test_an_empty_page_that_promises_issues_is_no_empty_result():
    with (
        station(pages([], 50, total=9)) as server,
        client_of(server) as client,
        pytest.raises(BrokenAnswer),
    ):
        list(client.search("project = ACME"))


def test_an_answer_without_a_total_is_broken():
    with (
        station(lambda _: Said({"issues": []})) as server,
        client_of(server) as client,
        pytest.raises(BrokenAnswer),
    ):
        list(client.search("project = ACME"))


def test_pages_that_move_while_they_are_read_are_read_again():
    """Issue 3 slips to the first page once that was read, and so is on no page that is read."""
    orders = iter([[1, 2, 3, 4], [3, 1, 2, 4], [3, 1, 2, 4], [3, 1, 2, 4]])
    with (
        station(lambda heard: pages(next(orders), 2)(heard)) as server,
        client_of(server) as client,
    ):
        found = {key for page in keys_of(client.search("project = ACME")) for key in page}
    assert found == {"ACME-1", "ACME-2", "ACME-3", "ACME-4"}


def test_a_server_that_always_gives_the_same_page_is_not_believed():
    def answer(heard: Heard) -> Said:
        said = pages([1, 2], 2, total=4)(heard)
        again = [issue_body(1), issue_body(2)]
        return Said(said.body | {"issues": again, "startAt": heard.body["startAt"]})

    with station(answer) as server, client_of(server) as client, pytest.raises(BrokenAnswer):
        list(client.search("project = ACME"))


def refusing(unknown: set[str]) -> Callable[[Heard], Said]:
    """A version that refuses a query for one unknown name, however it is asked."""

    def answer(heard: Heard) -> Said:
        names = heard.body["jql"].partition("(")[2].partition(")")[0].split(", ")
        if unknown & set(names):
            return Said({"errorMessages": ["An issue with this key does not exist."]}, 400)
        issues = [issue_body(int(name) - 10_000) for name in names]
        return Said({"startAt": 0, "maxResults": 1000, "total": len(issues), "issues": issues})

    return answer


def test_one_unknown_issue_does_not_hide_the_others():
    with station(refusing({"10003"})) as server, client_of(server) as client:
        found = [issue.id for batch in client.read_issues(range(10_001, 10_009)) for issue in batch]
        assert sorted(found) == [10_001, 10_002, *range(10_004, 10_009)]


def test_a_search_that_is_refused_whatever_is_asked_is_an_error():
    with (
        station(lambda _: Said({}, 400)) as server,
        client_of(server) as client,
        pytest.raises(QueryRefused),
    ):
        list(client.read_issues(range(10_001, 10_009)))


def test_a_query_is_checked_and_counted_by_a_search_for_no_row():
    with station(pages([1, 2, 3], 50)) as server, client_of(server) as client:
        assert client.check_jql("x = y") == []
        assert client.count("x = y") == 3
        assert {heard.body["maxResults"] for heard in server.heard} == {0}
        assert {heard.body["validateQuery"] for heard in server.heard} == {True}


@pytest.mark.parametrize(
    ("kind", "scheme"), [(Kind.ACCESS_TOKEN, "Bearer"), (Kind.PASSWORD, "Basic")]
)
def test_each_secret_is_sent_its_own_way_below_the_context_path(kind, scheme):
    with (
        station(lambda _: Said(ME)) as server,
        client_of(server, kind, "/jira/browse/A-1") as client,
    ):
        account = client.myself()
    assert (account.id, account.login, account.name) == ("JIRAUSER10100", "bot", "Acme Bot")
    assert server.heard[0].path == "/jira/rest/api/2/myself"
    assert server.heard[0].headers["Authorization"].startswith(f"{scheme} ")


def test_an_answer_for_somebody_else_is_not_used():
    names = iter(["bot", "anonymous"])

    def answer(heard: Heard) -> Said:
        said = ME if heard.path.endswith("/myself") else pages([], 50)(heard).body
        return Said(said, headers={"X-AUSERNAME": next(names)})

    with station(answer) as server, client_of(server) as client:
        client.myself()
        with pytest.raises(UnprovenAnswer):
            list(client.search("project = ACME"))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            Said({"message": "Basic Authentication has been disabled on this instance."}, 403),
            BasicOff,
        ),
        (Said({"message": "No licence."}, 403), Forbidden),
        (Said(b"<html>", 403, kind="text/html"), Forbidden),
        (Said({}, 401), WrongCredentials),
    ],
)
def test_refusals_are_told_apart(said, kind):
    with station(lambda _: said) as server, client_of(server, Kind.PASSWORD) as client:
        with pytest.raises(kind) as refused:
            client.myself()
        assert type(refused.value) is kind
        assert client.calls == 1


def serving(**paths: Said) -> Callable[[Heard], Said]:
    return lambda heard: paths.get(f"v{heard.path.split('/')[3]}", Said({}, 404))


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_whatever_is_not_cloud_is_recognised_without_credentials(status):
    with station(serving(v3=Said(b"", status, kind="text/html"), v2=Said(INFO))) as server:
        policy = AddressPolicy(frozenset([server.place]))
        site = read_address(server.url, policy.allowed_hosts)
        found = recognise(site, policy, Patience())
        assert (found.is_cloud, found.numbers) == (False, (9, 12, 4))
        assert not any("Authorization" in heard.headers for heard in server.heard)


def test_an_old_server_that_does_not_name_its_deployment_is_no_cloud():
    told = {"baseUrl": "https://jira.acme.example", "version": "7.2.3"}
    with station(serving(v2=Said(told))) as server:
        policy = AddressPolicy(frozenset([server.place]))
        found = recognise(read_address(server.url, policy.allowed_hosts), policy, Patience())
    assert (found.is_cloud, found.numbers) == (False, (7, 2, 3))
    assert not found.takes_access_tokens


def test_what_knows_neither_address_is_not_jira():
    with station(lambda _: Said({}, 404)) as server:
        policy = AddressPolicy(frozenset([server.place]))
        with pytest.raises(NotJira):
            recognise(read_address(server.url, policy.allowed_hosts), policy, Patience())
