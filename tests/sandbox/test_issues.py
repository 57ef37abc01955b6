"""Reading and moving issues."""

from typing import Any

import pytest

from jira_sandbox.testing import SandboxJira
from tests.sandbox.client import Caller, Callers


def bulk(api: Caller, ids: list[str], *fields: str) -> list[dict[str, Any]]:
    answer = api.post("issue/bulkfetch", {"issueIdsOrKeys": ids, "fields": list(fields)})
    assert answer.status_code == 200
    assert answer.json()["issueErrors"] == []
    return list(answer.json()["issues"])


def test_bulk_reading_takes_ids_and_keys_and_sorts_by_id(api: Caller) -> None:
    found = bulk(api, ["SCH-1", "10002", "PLAT-1", "plat-2"], "status")

    assert [issue["key"] for issue in found] == ["PLAT-1", "PLAT-2", "SCH-1"]


def test_bulk_reading_leaves_out_the_missing_and_the_forbidden(api: Caller) -> None:
    found = bulk(api, ["PLAT-1", "PLAT-999", "EXE-1", "SEC-24", "nonsense"], "status")

    assert [issue["key"] for issue in found] == ["PLAT-1"]


def test_bulk_reading_finds_a_moved_issue_under_its_new_key(jira: SandboxJira, api: Caller) -> None:
    before = jira.issue("PLAT-12")
    after = jira.relocate("PLAT-12", "OPS")

    found = bulk(api, ["PLAT-12", after.key, str(before.id)], "status", "project")

    assert len(found) == 1
    assert found[0]["key"] == after.key == "OPS-21"
    assert found[0]["id"] == str(before.id)
    assert found[0]["fields"]["status"]["statusCategory"]["key"] == before.category


@pytest.mark.parametrize(
    ("count", "fields", "status"),
    [
        (0, ["status"], 400),
        (100, [], 200),
        (101, [], 400),
        (1000, ["status", "updated"], 200),
        (1001, ["status"], 400),
        (101, ["*all"], 400),
        (101, ["*navigable"], 400),
        (101, ["status", "comment"], 400),
        (101, [f"customfield_{number}" for number in range(101)], 400),
    ],
)
def test_bulk_reading_has_limits(api: Caller, count: int, fields: list[str], status: int) -> None:
    body = {"issueIdsOrKeys": [str(number) for number in range(count)], "fields": fields}

    assert api.post("issue/bulkfetch", body).status_code == status


def test_bulk_reading_with_expansion_keeps_the_small_limit(api: Caller) -> None:
    body = {"issueIdsOrKeys": ["1"] * 101, "fields": ["status"], "expand": ["changelog"]}

    assert api.post("issue/bulkfetch", body).status_code == 400


def test_an_issue_tells_its_category_by_key(api: Caller) -> None:
    status = api.get("issue/SCH-10", fields="status").json()["fields"]["status"]

    assert status["name"] == "In Review"
    assert status["statusCategory"]["key"] == "indeterminate"
    assert status["statusCategory"]["id"] == 4


def test_story_points_stand_in_the_field_of_the_projects_kind(api: Caller) -> None:
    fields = "customfield_10016,customfield_10026"
    company = api.get("issue/PLAT-2", fields=fields).json()["fields"]
    team = api.get("issue/MOB-2", fields=fields).json()["fields"]

    assert company == {"customfield_10016": None, "customfield_10026": 8.0}
    assert team == {"customfield_10016": 8.0, "customfield_10026": None}


def test_fields_name_both_kinds_of_story_points(api: Caller) -> None:
    fields = {field["name"]: field for field in api.get("field").json()}

    made_from = fields["Story point estimate"]["schema"]["custom"]
    assert made_from == "com.pyxis.greenhopper.jira:jsw-story-points"
    assert fields["Story Points"]["schema"]["custom"].endswith("customfieldtypes:float")
    assert fields["Story Points"]["id"] == "customfield_10026"


def test_resolutions_come_as_a_list_and_by_pages(api: Caller) -> None:
    names = [row["name"] for row in api.get("resolution").json()]
    page = api.get("resolution/search", startAt=2, maxResults=2).json()

    assert {"Done", "Won't Do", "Duplicate", "Cannot Reproduce"} <= set(names)
    assert [row["name"] for row in page["values"]] == names[2:4]
    assert (page["total"], page["isLast"]) == (len(names), False)


def test_an_issue_is_resolved_until_it_is_opened_again(jira: SandboxJira, api: Caller) -> None:
    jira.move("PLAT-12", "Dropped")
    refused = api.get("issue/PLAT-12", fields="resolution").json()["fields"]["resolution"]
    jira.move("PLAT-12", "Selected")
    fields = api.get("issue/PLAT-12", fields="resolution").json()["fields"]

    assert refused["name"] == "Won't Do"
    assert fields == {"resolution": None}


@pytest.mark.parametrize(
    ("jql", "found"),
    [
        ("resolution = Duplicate", ["SCH-7"]),
        ("resolution in ('Cannot Reproduce', Duplicate)", ["SCH-7", "SCH-21"]),
        ("'Clinics reached' > 40 and cf[10210] < 60", ["SCH-17", "SCH-18"]),
    ],
)
def test_queries_know_resolutions_and_numbers(api: Caller, jql: str, found: list[str]) -> None:
    body = api.post("search/jql", {"jql": f"{jql} ORDER BY key", "fields": ["key"]}).json()

    assert [issue["key"] for issue in body["issues"]] == found


def test_children_name_their_epic(api: Caller) -> None:
    fields = api.get("issue/PLAT-2").json()["fields"]

    assert fields["parent"]["key"] == fields["customfield_10014"] == "PLAT-1"
    assert "parent" not in api.get("issue/PLAT-1").json()["fields"]


def test_fields_can_be_left_out(api: Caller) -> None:
    fields = api.get("issue/PLAT-2", fields="*navigable,-summary").json()["fields"]

    assert "status" in fields
    assert "summary" not in fields
    assert "comment" not in fields


@pytest.mark.parametrize("key", ["EXE-1", "SEC-24", "PLAT-999", "99999"])
def test_missing_and_invisible_issues_look_the_same(api: Caller, key: str) -> None:
    answer = api.get(f"issue/{key}")

    assert answer.status_code == 404
    assert key not in answer.text


def test_admins_see_what_is_locked(jira: SandboxJira, callers: Callers) -> None:
    admin = callers.with_token("ines.moreau@larkspur.example", "sandbox-admin-token")

    assert admin.get("issue/SEC-24").json()["fields"]["security"]["name"] == "Admins"
    assert admin.get("issue/EXE-1").status_code == 200


def test_hidden_addresses_are_not_told(api: Caller) -> None:
    shown = api.get("issue/PLAT-2").json()["fields"]["assignee"]
    hidden = api.get("issue/PLAT-6").json()["fields"]["assignee"]

    assert shown["emailAddress"] == "jonas.lind@larkspur.example"
    assert hidden["displayName"] == "Dev Patel"
    assert "emailAddress" not in hidden


def test_every_category_has_a_status_of_its_own_name(api: Caller) -> None:
    names = {
        (status["statusCategory"]["key"], status["name"]) for status in api.get("status").json()
    }

    assert {
        ("undefined", "Parked"),
        ("new", "Raised"),
        ("indeterminate", "Parallel Run"),
        ("done", "In the Stores"),
    } <= names


def test_the_categories_are_the_four_that_jira_has(api: Caller) -> None:
    keys = [category["key"] for category in api.get("statuscategory").json()]

    assert keys == ["undefined", "new", "indeterminate", "done"]


def test_a_transition_moves_status_resolution_and_history(jira: SandboxJira, api: Caller) -> None:
    offered = api.get("issue/PLAT-12/transitions").json()["transitions"]
    released = next(each["id"] for each in offered if each["to"]["name"] == "Released")

    answer = api.post("issue/PLAT-12/transitions", {"transition": {"id": released}})
    issue = api.get("issue/PLAT-12", expand="changelog").json()
    newest = issue["changelog"]["histories"][0]

    assert answer.status_code == 204
    assert issue["fields"]["resolution"]["name"] == "Done"
    assert issue["fields"]["resolutiondate"] == issue["fields"]["updated"]
    assert [change["field"] for change in newest["items"]] == ["status", "resolution"]
    assert newest["author"]["accountId"] == jira.account_id
    assert jira.issue("PLAT-12").category == "done"


def test_reopening_takes_the_resolution_away(jira: SandboxJira, api: Caller) -> None:
    jira.move("PLAT-2", "In Development")

    fields = api.get("issue/PLAT-2").json()["fields"]

    assert fields["resolution"] is None
    assert fields["resolutiondate"] is None


@pytest.mark.parametrize("body", [{}, {"transition": {"id": "7"}}, {"transition": "Done"}])
def test_an_unknown_transition_is_refused(api: Caller, body: dict[str, Any]) -> None:
    assert api.post("issue/PLAT-12/transitions", body).status_code == 400


def test_hiding_and_deleting_take_an_issue_out_of_sight(jira: SandboxJira, api: Caller) -> None:
    jira.hide("PLAT-2")
    jira.delete("PLAT-3")

    assert bulk(api, ["PLAT-2", "PLAT-3"], "status") == []
    jira.show("PLAT-2")
    assert [issue["key"] for issue in bulk(api, ["PLAT-2", "PLAT-3"], "status")] == ["PLAT-2"]


def test_a_changelog_is_told_page_by_page_oldest_first(api: Caller) -> None:
    whole = api.get("issue/PLAT-2/changelog").json()
    second = api.get("issue/PLAT-2/changelog", startAt=1, maxResults=1).json()

    moments = [each["created"] for each in whole["values"]]
    assert moments == sorted(moments)
    assert whole["isLast"]
    assert not second["isLast"]
    assert second["values"] == whole["values"][1:2]


def test_changelogs_of_many_issues_come_in_one_answer(api: Caller) -> None:
    body = {"issueIdsOrKeys": ["PLAT-2", "PLAT-3", "EXE-1", "GONE-1"], "fieldIds": ["resolution"]}

    first = api.post("changelog/bulkfetch", body | {"maxResults": 1}).json()
    second = api.post("changelog/bulkfetch", body | {"nextPageToken": first["nextPageToken"]})

    logs = [*first["issueChangeLogs"], *second.json()["issueChangeLogs"]]
    assert len(logs) == 2
    items = [item for log in logs for each in log["changeHistories"] for item in each["items"]]
    assert [item["fieldId"] for item in items] == ["resolution", "resolution"]
    assert "nextPageToken" not in second.json()
