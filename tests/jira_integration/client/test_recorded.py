"""What live Jira sites once said, read by our client over real HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jira_integration.client import Category, CloudClient, JiraError
from tests.contract.description import folder, missing, recorded
from tests.jira_integration.client.wire import client_of
from tests.stations import Said, station

pytestmark = [
    pytest.mark.contract,
    pytest.mark.skipif(bool(missing()), reason=missing() or "it is here"),
]

QUESTIONS: list[Callable[[CloudClient], Any]] = [
    lambda client: client.server(),
    lambda client: client.cloud_id(),
    lambda client: client.myself(),
    lambda client: client.permissions(["BROWSE_PROJECTS"]),
    lambda client: client.count_projects(),
    lambda client: client.projects(),
    lambda client: list(client.read_issues([1])),
    lambda client: list(client.changelogs([1], ["status"])),
    lambda client: list(client.search("x = y")),
    lambda client: client.count("x = y"),
    lambda client: client.check_jql("x = y"),
    lambda client: client.suggest("x"),
    lambda client: client.fields(),
    lambda client: client.statuses(),
]


def recorded_files() -> list[str]:
    return sorted(
        str(path.relative_to(folder() / "recorded"))
        for path in Path(folder() / "recorded").rglob("*.json")
    )


def answers() -> Iterator[dict[str, Any]]:
    yield from recorded("cloud-rest-defectdojo.json")


def ask(body: Any, question: Callable[[CloudClient], Any], **headers: str) -> Any:
    said = Said(body, headers={name.replace("_", "-"): text for name, text in headers.items()})
    with station(lambda _: said) as server, client_of(server) as client:
        return question(client)


def issue_bodies() -> list[dict[str, Any]]:
    """Those of single issues, of lists and of webhooks."""
    bodies = [answer["body"] for answer in answers() if isinstance(answer["body"], dict)]
    bodies.append(recorded("rest-mocks/issues_in_sprint.json"))
    bodies += [recorded(name) for name in recorded_files() if name.startswith("webhooks/")]
    found = [body for body in bodies if "fields" in body]
    found += [issue for body in bodies for issue in body.get("issues", [])]
    return found + [body["issue"] for body in bodies if "issue" in body]


def test_a_live_server_is_recognised_as_cloud():
    body = next(answer["body"] for answer in answers() if "serverInfo" in answer["uri"])
    server = ask(body, lambda client: client.server())
    assert server.is_cloud
    assert server.base_url == "https://defectdojo.atlassian.net"


def test_every_recorded_issue_is_read():
    bodies = issue_bodies()
    assert len(bodies) >= 10
    for body in bodies:
        [[issue]] = ask({"issues": [body]}, lambda client: list(client.search("x = y")))
        assert (str(issue.id), issue.key) == (body["id"], body["key"])
        category = body["fields"]["status"]["statusCategory"]["key"]
        assert issue.category == category
        assert issue.updated is not None


def test_every_recorded_field_and_status_is_read():
    live = next(answer["body"] for answer in answers() if answer["uri"].endswith("/field"))
    fields = ask(live, lambda client: client.fields())
    assert len(fields) == len(live)
    assert {"statusCategory", "summary"} <= {field.id for field in fields}
    statuses = recorded("rest-mocks/all_statuses.json")
    assert len(ask(statuses, lambda client: client.statuses())) == len(statuses)


def test_the_categories_are_those_of_a_live_site():
    keys = [row["key"] for row in recorded("rest-mocks/all_statuscategories.json")]
    assert {Category(key).value for key in keys} == set(keys) == {kind.value for kind in Category}


def test_the_recorded_account_header_proves_the_account():
    header = next(
        answer["headers"]["x-aaccountid"]
        for answer in answers()
        if "%3A" in answer["headers"].get("x-aaccountid", "")
    )
    account = header.replace("%3A", ":")

    def twice(client: CloudClient) -> int:
        assert client.myself().id == account
        return client.count("x = y")

    assert ask({"accountId": account, "count": 7}, twice, X_AACCOUNTID=header) == 7


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
def test_any_recorded_body_to_any_question_is_read_or_refused(place):
    bodies = [recorded(name) for name in recorded_files()]
    bodies += [answer["body"] for answer in answers()]
    codes = {outcome(body, QUESTIONS[place]) for body in bodies}
    assert codes <= {"read", "broken_answer", "not_jira"}


def outcome(body: Any, question: Callable[[CloudClient], Any]) -> str:
    try:
        ask(body, question)
    except JiraError as error:
        return error.code
    return "read"
