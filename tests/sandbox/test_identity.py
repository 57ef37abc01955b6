"""Who the server is and who the caller is, as Jira Cloud tells it."""

import pytest

from jira_sandbox.testing import SandboxJira, basic
from tests.sandbox.client import Caller, Callers


def test_anybody_learns_what_the_server_is(callers: Callers) -> None:
    answer = callers.anonymous().get("serverInfo")

    assert answer.status_code == 200
    assert answer.json()["deploymentType"] == "Cloud"
    assert "X-AACCOUNTID" not in answer.headers


def test_the_right_token_shows_its_account(jira: SandboxJira, api: Caller) -> None:
    answer = api.get("myself")

    assert answer.json()["accountId"] == jira.account_id
    assert answer.json()["emailAddress"] == jira.email
    assert answer.headers["X-AACCOUNTID"] == jira.account_id.replace(":", "%3A")
    assert answer.headers["X-RateLimit-Limit"].isdecimal()


def test_nobody_is_myself_anonymously(callers: Callers) -> None:
    assert callers.anonymous().get("myself").status_code == 401


def test_a_wrong_token_is_refused_where_a_name_is_needed(
    jira: SandboxJira, callers: Callers
) -> None:
    answer = callers.with_token(jira.email, "wrong").get("myself")

    assert answer.status_code == 401
    assert answer.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"


@pytest.mark.parametrize("path", ["search/jql?jql=project=PLAT", "project/search", "field"])
def test_a_wrong_token_is_served_as_anonymous_elsewhere(
    jira: SandboxJira, callers: Callers, path: str
) -> None:
    answer = callers.with_token(jira.email, "wrong").get(path)
    body = answer.json()

    assert answer.status_code == 200
    assert answer.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"
    assert body == [] or body.get("issues") == [] or body.get("values") == []


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !!!", "Basic dXNlcg==", "Bearer sandbox-token", "Basic /w=="]
)
def test_a_strange_authorization_is_nobody(
    jira: SandboxJira, callers: Callers, header: str
) -> None:
    caller = callers.anonymous()
    caller.session.headers["Authorization"] = header

    assert caller.get("myself").status_code == 401
    assert jira.calls[-1].authorised_as == "rejected"


def test_the_email_of_an_account_is_not_case_sensitive(jira: SandboxJira, callers: Callers) -> None:
    caller = callers.with_token(jira.email.upper(), jira.token)

    assert caller.get("myself").status_code == 200


def test_permissions_have_to_be_named(api: Caller) -> None:
    assert api.get("mypermissions").status_code == 400
    assert api.get("mypermissions", permissions="FLY").status_code == 400


def test_permissions_tell_what_the_account_may_do(api: Caller) -> None:
    asked = api.get("mypermissions", permissions="BROWSE_PROJECTS,ADMINISTER").json()

    assert asked["permissions"]["BROWSE_PROJECTS"]["havePermission"] is True
    assert asked["permissions"]["ADMINISTER"]["havePermission"] is False


def test_permissions_of_an_invisible_project_are_not_found(api: Caller) -> None:
    answer = api.get("mypermissions", permissions="BROWSE_PROJECTS", projectKey="EXE")

    assert answer.status_code == 404
    assert "EXE" in answer.json()["errorMessages"][0]


def test_an_account_without_rights_sees_no_project(jira: SandboxJira, callers: Callers) -> None:
    nobody = callers.with_token(jira.nobody_email, jira.nobody_token)
    asked = nobody.get("mypermissions", permissions="BROWSE_PROJECTS").json()

    assert nobody.get("myself").status_code == 200
    assert nobody.get("project/search").json()["total"] == 0
    assert asked["permissions"]["BROWSE_PROJECTS"]["havePermission"] is False


def test_a_scoped_token_works_through_the_gateway_alone(
    jira: SandboxJira, callers: Callers
) -> None:
    at_site = callers.with_token(jira.email, jira.scoped_token)
    behind = callers.with_token(jira.email, jira.scoped_token, jira.gateway)

    assert at_site.get("myself").status_code == 401
    assert at_site.get("search/jql", jql="project = PLAT").status_code == 401
    assert at_site.get("serverInfo").status_code == 200
    assert behind.get("myself").json()["accountId"] == jira.account_id
    assert behind.get("search/jql", jql="project = PLAT").json()["issues"]


def test_the_gateway_wants_scopes_that_match(jira: SandboxJira, callers: Callers) -> None:
    thin = callers.with_token(jira.email, jira.thin_token, jira.gateway)

    for path in ("myself", "project/search"):
        answer = thin.get(path)
        assert answer.status_code == 401
        assert answer.json()["message"] == "Unauthorized; scope does not match"


def test_the_gateway_serves_no_classic_token_and_no_other_site(
    jira: SandboxJira, callers: Callers
) -> None:
    classic = callers.with_token(jira.email, jira.token, jira.gateway)
    elsewhere = callers.with_token(jira.email, jira.scoped_token, f"{jira.url}/ex/jira/other")

    assert classic.get("myself").status_code == 401
    assert elsewhere.get("myself").status_code == 404


def test_the_cloud_id_is_told_without_credentials(jira: SandboxJira, callers: Callers) -> None:
    session = callers.anonymous().session

    answer = session.get(f"{jira.url}/_edge/tenant_info", timeout=20)

    assert answer.json() == {"cloudId": jira.cloud_id}


def test_projects_come_in_pages(api: Caller) -> None:
    first = api.get("project/search", maxResults=4).json()
    second = api.get("project/search", maxResults=4, startAt=4).json()

    assert [project["key"] for project in first["values"]] == ["MOB", "OPS", "PAY", "PLAT"]
    assert [project["key"] for project in second["values"]] == ["SCH", "SEC"]
    assert (first["isLast"], second["isLast"], first["total"]) == (False, True, 6)
    assert "startAt=4" in first["nextPage"]


def test_unknown_addresses_and_methods_are_refused(api: Caller) -> None:
    assert api.get("nothing").status_code == 404
    assert api.post("myself", {}).status_code == 405


def test_the_ledger_tells_who_asked_for_what(jira: SandboxJira, api: Caller) -> None:
    api.get("project/search", query="Pay")
    call = jira.calls[-1]

    assert (call.method, call.path, call.status) == ("GET", "/rest/api/3/project/search", 200)
    assert call.authorised_as == jira.email
    assert call.credentials_sent
    assert "query=Pay" in call.target
    assert basic()["Authorization"] not in repr(call)


def test_permissions_may_be_asked_for_one_issue(api: Caller) -> None:
    asked = api.get("mypermissions", permissions="TRANSITION_ISSUES", issueKey="PLAT-12").json()

    assert asked["permissions"]["TRANSITION_ISSUES"]["havePermission"] is True
    hidden = api.get("mypermissions", permissions="TRANSITION_ISSUES", issueKey="SEC-24")
    assert hidden.status_code == 404


def test_a_body_that_is_too_large_is_not_read(jira: SandboxJira, api: Caller) -> None:
    api.session.headers["Content-Length"] = "999999999"

    assert api.session.post(f"{jira.url}/rest/api/3/search/jql", timeout=20).status_code == 413
