"""What Jira keeps under a name, and what is below an issue: read from both kinds of Jira."""

from collections.abc import Iterator

import pytest

from jira_integration.client import (
    AddressPolicy,
    CloudClient,
    Credentials,
    DataCenterClient,
    Kept,
    Kind,
    QueryRefused,
    Shorthand,
    driver_for,
    read_address,
)
from jira_sandbox.testing import SandboxDataCenter, SandboxJira
from tests.editions import running_edition
from tests.jira_integration.client.wire import client_of, issue_body
from tests.stations import Heard, Said, station

BOTH = pytest.mark.editions("cloud", "data center")
FILTER, SPRINT, VERSION = Shorthand.FILTER, Shorthand.SPRINT, Shorthand.VERSION
Client = CloudClient | DataCenterClient


@pytest.fixture(scope="module")
def jira(request: pytest.FixtureRequest) -> Iterator[SandboxJira]:
    with running_edition(request.param, "company") as running:
        yield running


@pytest.fixture
def client(jira: SandboxJira) -> Iterator[Client]:
    policy = AddressPolicy(frozenset([jira.place]))
    cloud = not isinstance(jira, SandboxDataCenter)
    kind = Kind.API_TOKEN if cloud else Kind.ACCESS_TOKEN
    site = read_address(jira.url, policy.allowed_hosts)
    with driver_for(cloud=cloud)(site, Credentials(jira.email, jira.token, kind), policy) as client:
        client.myself()
        yield client


def below(client: Client, jira: SandboxJira, *keys: str) -> dict[str, frozenset[str]]:
    """The children of the issues, with what each of them says it is below."""
    numbers = [jira.issue(key).id for key in keys]
    return {child.key: child.parents for page in client.children(numbers) for child in page}


@BOTH
def test_a_filter_a_sprint_and_a_version_are_known_by_their_numbers(client, jira):
    number = jira.release_id("SCH-4")

    assert client.kept(FILTER, 10002) == Kept(FILTER, 10002, "Fewer missed appointments")
    assert client.kept(SPRINT, 24) == Kept(SPRINT, 24, "Sprint 24", "active")
    assert client.kept(VERSION, number) == Kept(VERSION, number, "7.0")


@BOTH
@pytest.mark.parametrize(
    ("shorthand", "number"), [(FILTER, 10006), (FILTER, 99999), (SPRINT, 999), (VERSION, 1)]
)
def test_what_is_not_there_or_not_shared_is_none(client, shorthand, number):
    assert client.kept(shorthand, number) is None


@BOTH
def test_a_sprint_without_its_board_is_still_a_sprint(client, jira):
    with_boards_closed = jira.fault("403", path="*/agile/*")
    found = client.kept(SPRINT, 24)
    jira.clear_faults()

    assert with_boards_closed.used
    assert found == Kept(SPRINT, 24, "No. 24")


@BOTH
def test_kept_things_are_suggested_by_their_names(client, jira):
    by_name = client.suggest_kept("missed appointments")
    by_sprint = client.suggest_kept("Sprint 22")
    by_version = client.suggest_kept("6.9")

    assert Kept(FILTER, 10002, "Fewer missed appointments") in by_name
    assert by_sprint == [Kept(SPRINT, 22, "Sprint 22")]
    assert by_version == [Kept(VERSION, jira.release_id("SCH-28"), "6.9", "SCH")]
    assert client.suggest_kept("nothing is called like this") == []


@BOTH
def test_an_edition_without_suggestions_suggests_what_it_can(client, jira):
    jira.fault("403", path="*/autocompletedata/*")
    found = client.suggest_kept("missed")
    jira.clear_faults()

    assert [each.name for each in found] == ["Fewer missed appointments"]


@BOTH
def test_children_name_what_they_are_below(client, jira):
    epic, story = jira.issue("PLAT-10"), jira.issue("PLAT-12")
    children = below(client, jira, "PLAT-10", "PLAT-12")

    assert len(children) == 8
    assert children["PLAT-11"] & {str(epic.id), epic.key}
    assert children["PLAT-37"] & {str(story.id), story.key}
    assert below(client, jira, "PLAT-37") == {}


@BOTH
def test_subtasks_are_told_apart(client, jira):
    pages = client.children([jira.issue("PLAT-10").id, jira.issue("PLAT-12").id])

    assert {child.key for page in pages for child in page if child.is_subtask} == {
        "PLAT-36",
        "PLAT-37",
    }


@BOTH
def test_a_parent_that_nobody_can_see_is_refused_after_every_way_to_ask(client, jira):
    with pytest.raises(QueryRefused):
        list(client.children([999_999]))


def test_a_cloud_that_has_given_up_epic_link_is_asked_by_parent_alone():
    """Its list of fields may still name it."""
    link = {"id": "customfield_10014", "name": "Epic Link", "custom": True}
    link["schema"] = {"type": "any", "custom": "com.pyxis.greenhopper.jira:gh-epic-link"}

    def answer(heard: Heard) -> Said:
        if heard.path.endswith("/field"):
            return Said([link])
        if "cf[" in heard.body["jql"]:
            return Said({"errorMessages": ["Field 'cf[10014]' does not exist."]}, 400)
        return Said({"issues": [issue_body(2, parent={"id": "10001", "key": "ACME-1"})]})

    with station(answer) as server, client_of(server) as client:
        first = [one.key for page in client.children([10_001, 10_009]) for one in page]
        second = [one.key for page in client.children([10_001]) for one in page]

    assert first == second == ["ACME-2"]
    assert [heard.body["jql"].count("cf[") for heard in server.heard if heard.body] == [1, 0, 0]
