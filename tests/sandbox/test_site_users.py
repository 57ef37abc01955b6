"""Users and groups of the site, and what their organization and its administrators do to them."""

from collections.abc import Iterator

import pytest
import requests

from jira_sandbox.admin.testing import above
from jira_sandbox.testing import ADMIN_TOKEN, SandboxJira
from tests.sandbox.client import Caller, Callers
from tests.sandbox.organization_client import OrganizationCaller

ERIK = "erik.solberg@larkspur.example"


@pytest.fixture
def admin(jira: SandboxJira, callers: Callers) -> Caller:
    return callers.with_token(jira.admin_email, ADMIN_TOKEN)


@pytest.fixture
def organization(jira: SandboxJira) -> Iterator[OrganizationCaller]:
    made = OrganizationCaller(above(jira))
    yield made
    made.session.close()


def number(jira: SandboxJira, email: str) -> str:
    return above(jira).account(email).id


def removal(caller: Caller, **query: str) -> requests.Response:
    address = f"{caller.root}/rest/api/3/user"
    return caller.session.delete(address, params=query, timeout=20)


def test_who_is_suspended_does_not_come_onto_the_site(
    jira: SandboxJira, api: Caller, admin: Caller, organization: OrganizationCaller
) -> None:
    organization.access("suspend", jira.email)
    users = admin.get("users/search").json()

    assert api.get("myself").status_code == 401
    assert {each["accountId"]: each["active"] for each in users}[jira.account_id] is False
    organization.access("restore", jira.email)
    assert api.get("myself").status_code == 200


def test_a_user_is_removed_from_the_site_alone(jira: SandboxJira, admin: Caller) -> None:
    erik = number(jira, ERIK)

    assert removal(admin, accountId=erik).status_code == 204
    assert erik not in {each["accountId"] for each in admin.get("users/search").json()}
    assert admin.get("user", accountId=erik).status_code == 404
    assert removal(admin, accountId=erik).status_code == 404
    assert above(jira).status(ERIK) == "active"


def test_a_removal_from_the_site_is_refused(jira: SandboxJira, admin: Caller, api: Caller) -> None:
    assert removal(api, accountId=number(jira, ERIK)).status_code == 403
    assert removal(admin, accountId=number(jira, jira.admin_email)).status_code == 400
    assert removal(admin).status_code == 400


def test_groups_of_the_site_are_the_organizations(
    jira: SandboxJira, api: Caller, organization: OrganizationCaller
) -> None:
    groups = {each["name"]: each["groupId"] for each in api.get("group/bulk").json()["values"]}
    ines = api.get("user", accountId=number(jira, jira.admin_email), expand="groups").json()

    assert names(api, groups["site-admins"]) == {"Ines Moreau", "Samuel Okoro"}
    assert "site-admins" in {each["name"] for each in ines["groups"]["items"]}
    assert api.get("group/member", groupId="none").status_code == 404
    organization.life("disable", "samuel.okoro@larkspur.example")
    assert names(api, groups["site-admins"]) == {"Ines Moreau"}
    assert len(names(api, groups["site-admins"], includeInactiveUsers="true")) == 2


def test_behind_the_gateway_removing_takes_a_scope_of_its_own(
    jira: SandboxJira, callers: Callers
) -> None:
    reader, remover = (
        callers.with_token(jira.admin_email, token, root=jira.gateway)
        for token in (jira.people_token, jira.removal_token)
    )
    erik = number(jira, ERIK)
    group = remover.get("group/bulk").json()["values"][0]["groupId"]

    assert reader.get("users/search").status_code == 200
    assert reader.get("group/member", groupId=group).status_code == 401
    assert remover.get("group/member", groupId=group).status_code == 200
    assert removal(reader, accountId=erik).status_code == 401
    assert removal(remover, accountId=erik).status_code == 204


def names(api: Caller, group: str, **query: str) -> set[str]:
    found = api.get("group/member", groupId=group, **query).json()["values"]
    return {each["displayName"] for each in found}
