"""Saved filters, versions and sprints, and what belongs to what: over HTTP and on the pages."""

import pytest

from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.search import prepare
from jira_sandbox.model.state_file import kept_site
from jira_sandbox.model.viewer import Viewer
from jira_sandbox.testing import SandboxJira, running_data_center
from tests.sandbox.client import Caller, Callers
from tests.sandbox.conftest import NOON
from tests.sandbox.test_board import send


def found(jira: SandboxJira, jql: str, account: str = "bot") -> set[str]:
    viewer = Viewer(jira.site, jira.site.accounts[account])
    return {issue.key for issue in prepare(jql, viewer, NOON).issues()}


def test_a_saved_filter_is_known_by_its_number(jira: SandboxJira, api: Caller) -> None:
    body = api.get("filter/10002").json()

    assert (body["id"], body["name"]) == ("10002", "Fewer missed appointments")
    assert body["jql"] == "labels = no-shows AND type in (Story, Task)"


@pytest.mark.parametrize("number", ["10006", "99999"])
def test_a_filter_of_others_looks_like_none(jira: SandboxJira, api: Caller, number: str) -> None:
    answer = api.get(f"filter/{number}")

    assert answer.status_code == 400
    assert answer.json()["errorMessages"]
    with pytest.raises(JqlError, match="does not exist for the field 'filter'"):
        found(jira, f"filter = {number}")


def test_filters_are_found_by_a_part_of_their_name(api: Caller) -> None:
    body = api.get("filter/search", filterName="PENETRATION", expand="jql").json()

    assert [row["id"] for row in body["values"]] == ["10004", "10003"]
    assert all(row["jql"] for row in body["values"])


def test_a_filter_follows_its_query_and_never_runs_in_a_circle(jira: SandboxJira) -> None:
    number = jira.save_filter("Mine", "project = OPS and type = Epic")
    before = found(jira, f"filter = {number}")
    jira.save_filter("Mine", "key = PLAT-1")

    assert before
    assert found(jira, f"filter = {number}") == {"PLAT-1"}
    jira.save_filter("Mine", f"filter = {number}")
    with pytest.raises(JqlError, match="leads back to itself"):
        found(jira, f"filter = {number}")


def test_a_version_belongs_to_its_project(jira: SandboxJira, api: Caller) -> None:
    body = api.get(f"version/{jira.release_id('PLAT-5')}").json()
    named = api.get("project/PLAT/versions").json()

    assert (body["name"], body["projectId"]) == ("4.2", 10000)
    assert body["id"] in {row["id"] for row in named}
    assert jira.release_id("PLAT-5") != jira.release_id("SEC-15")  # theirs is called 4.2 as well
    assert {key.split("-")[0] for key in found(jira, f"fixVersion = {body['id']}")} == {"PLAT"}
    assert api.get("version/1").status_code == 404


def test_a_sprint_is_known_where_the_boards_are(jira: SandboxJira, api: Caller) -> None:
    agile = f"{jira.url}/rest/agile/1.0/sprint"
    body = api.session.get(f"{agile}/24", timeout=20).json()

    assert (body["id"], body["name"], body["state"]) == (24, "Sprint 24", "active")
    assert api.session.get(f"{agile}/99", timeout=20).status_code == 404


def test_a_data_center_knows_them_as_well() -> None:
    with running_data_center() as jira:
        callers = Callers(jira.url)
        api = callers.with_token("bot", jira.password)
        names = [
            api.session.get(f"{jira.url}/rest/{path}", timeout=20).json()["name"]
            for path in (
                "api/2/filter/10002",
                f"api/2/version/{jira.release_id('SCH-4')}",
                "agile/1.0/sprint/22",
            )
        ]
        callers.close()

    assert names == ["Fewer missed appointments", "7.0", "Sprint 22"]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("Sprint", "Sprint 24", "24"),
        ("fixVersion", "7.2", '"7.2"'),
        ("filter", "clinics", '"Bugs that clinics meet"'),
    ],
)
def test_values_are_suggested_while_a_query_is_typed(
    api: Caller, field: str, typed: str, value: str
) -> None:
    rows = api.get("jql/autocompletedata/suggestions", fieldName=field, fieldValue=typed).json()

    assert [row["value"] for row in rows["results"]] == [value]


def test_an_issue_is_put_below_another_on_its_page(jira: SandboxJira, api: Caller) -> None:
    send(jira, api, "/board/parent", key="PLAT-38", parent="plat-1")
    assert "PLAT-38" in found(jira, "parent = PLAT-1")
    assert "PLAT-1" in api.session.get(f"{jira.url}/browse/PLAT-38", timeout=20).text

    send(jira, api, "/board/parent", key="PLAT-38", parent="")
    assert "PLAT-38" not in found(jira, "parent = PLAT-1")
    refused = send(jira, api, "/board/parent", key="PLAT-10", parent="PLAT-36")
    assert refused.status_code == 400


def test_nothing_is_ever_below_itself(jira: SandboxJira) -> None:
    with pytest.raises(ValueError, match="cannot be below itself"):
        jira.adopt("PLAT-10", "PLAT-36")
    with pytest.raises(ValueError, match="cannot be below itself"):
        jira.adopt("PLAT-10", "PLAT-10")


def test_a_sprint_and_a_version_are_set_on_the_page(jira: SandboxJira, api: Caller) -> None:
    send(jira, api, "/board/plan", key="PLAT-38", sprint="Sprint 26", release="4.9")

    assert found(jira, "sprint = 26") == {"PLAT-38"}
    assert found(jira, "fixVersion = '4.9'") == {"PLAT-38"}


def test_filters_are_kept_over_a_restart(tmp_path) -> None:
    file = tmp_path / "sandbox.json"
    kept_site(file, "small").save_filter("Kept", "project = DEMO")

    assert [each.name for each in kept_site(file, "small").filters.values()][-1] == "Kept"


def test_a_search_has_a_page_of_its_own(jira: SandboxJira, api: Caller) -> None:
    def shown(query: str) -> str:
        return api.session.get(f"{jira.url}/issues/?{query}", timeout=20).text

    assert "8 issues: filter = 10004" in shown("jql=filter+%3D+10004")
    assert "8 issues: filter = 10004" in shown("filter=10004")
    assert "does not exist" in shown("jql=nonsense+%3D+1")
