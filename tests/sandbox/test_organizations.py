"""Organizations, directories, groups and accounts, as the organizations API tells them."""

import pytest
import requests

from jira_sandbox.admin.testing import NEIGHBOUR_KEY, SandboxOrganization, above, bearer
from jira_sandbox.testing import SandboxJira, basic, running_sandbox
from tests.sandbox.conftest import at_noon
from tests.sandbox.organization_client import OrganizationCaller

EVERYTHING = ["platformRoles", "counts.resources", "productAccess", "groups"]


def test_a_key_knows_its_organization(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    found = caller.get(f"{demo.url}/admin/v1/orgs").json()["data"]

    assert [(each["id"], each["attributes"]["name"]) for each in found] == [(demo.id, "Demo")]
    assert caller.old().json()["data"]["attributes"]["name"] == "Demo"
    assert [each["name"] for each in caller.get(f"{caller.home}/directories").json()["data"]] == [
        "Demo"
    ]


@pytest.mark.parametrize(
    "headers",
    [{}, basic(), bearer("wrong"), bearer("sandbox-expired-key"), {"Authorization": "Bearer"}],
    ids=["nothing", "a token of the site", "an unknown key", "an old key", "no key"],
)
def test_nothing_but_a_key_comes_in(
    demo: SandboxOrganization, small: SandboxJira, headers: dict[str, str]
) -> None:
    answer = requests.get(f"{demo.url}/admin/v1/orgs", headers=headers, timeout=20)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "ADMIN-UAM-401-1"
    assert small.calls[-1].authorised_as == ("rejected" if headers else "anonymous")


def test_the_ledger_names_who_made_the_key(small: SandboxJira, caller: OrganizationCaller) -> None:
    caller.old("users")

    assert small.calls[-1].authorised_as == "ada@larkspur.example"


def test_another_organization_may_not_be_managed() -> None:
    with running_sandbox(clock=at_noon) as jira:
        labs = above(jira, NEIGHBOUR_KEY)
        stranger = OrganizationCaller(labs, above(jira).key)

        assert stranger.old().json()["errors"][0]["code"] == "ADMIN-403-3"
        nowhere = stranger.get(f"{jira.url}/admin/v1/orgs/nowhere")
        assert (nowhere.status_code, nowhere.json()["errors"][0]["code"]) == (404, "ADMIN-404-2")
        assert OrganizationCaller(labs).names(searchTerm="vera") == ["Vera Lindholm"]
        stranger.session.close()


def test_a_key_reads_as_far_as_its_scopes_go(demo: SandboxOrganization) -> None:
    reading = OrganizationCaller(demo, demo.reading_key)
    thin = OrganizationCaller(demo, demo.thin_key)

    assert reading.search().status_code == 200
    assert reading.old("users").status_code == 200
    assert thin.old().status_code == 200
    assert thin.search().json()["errors"][0]["code"] == "ADMIN-UAM-403-1"
    assert thin.old("users").status_code == 403


def test_a_key_with_scopes_is_told_of_its_organization_by_number_alone(
    demo: SandboxOrganization,
) -> None:
    reading = OrganizationCaller(demo, demo.reading_key)

    assert reading.get(f"{demo.url}/admin/v1/orgs").json()["data"] == []
    assert reading.old().json()["data"]["id"] == demo.id


def test_every_kind_of_account_is_told_by_its_status(caller: OrganizationCaller) -> None:
    found = {each["name"]: each for each in caller.get(caller.users, limit=100).json()["data"]}
    statuses = {name: each["status"] for name, each in found.items()}

    assert statuses["Bea Brandt"] == "active"
    assert statuses["Carl Cohen"] == "deactivated"
    assert statuses["Dora Diaz"] == "suspended"
    assert statuses["Hana Horak"] == "not_invited"
    assert statuses["Ivo Ivanov"] == "for_deletion"
    assert found["Former user"]["accountStatus"] == "closed"
    assert found["Dora Diaz"]["membershipStatus"] == "suspended"
    assert found["Emil Eriksen"]["claimStatus"] == "unmanaged"
    assert found["Ada Admin"]["platformRoles"] == ["atlassian/org-admin"]


def test_an_address_is_shown_to_whoever_manages_it(caller: OrganizationCaller) -> None:
    found = {each["name"]: each for each in caller.search(limit=100).json()["data"]}

    assert found["Bea Brandt"]["email"] == "bea@larkspur.example"
    assert found["Emil Eriksen"]["email"] == "emil@elsewhere.example"
    assert "email" not in found["Fay Fontaine"]
    assert "email" not in found["Former user"]
    assert caller.names(searchTerm="fay@elsewhere") == []


def test_a_search_tells_what_it_is_asked_for(caller: OrganizationCaller) -> None:
    bare = caller.search(searchTerm="Ada").json()["data"][0]
    full = caller.search(searchTerm="Ada", expand=EVERYTHING).json()["data"][0]

    assert {"platformRoles", "productAccess", "groups", "counts"}.isdisjoint(bare)
    assert full["counts"] == {"resources": 2}
    assert [each["name"] for each in full["groups"]] == ["admins", "users"]
    assert [each["key"] for each in full["productAccess"]] == ["jira-software", "confluence"]
    assert full["productAccess"][0]["lastActiveTimestamp"].startswith("2026-11-19T")


def test_what_was_never_used_is_granted_all_the_same(caller: OrganizationCaller) -> None:
    bea = caller.search(searchTerm="Bea", expand=EVERYTHING).json()["data"][0]
    granted = caller.get(f"{caller.users}/{bea['accountId']}/role-assignments").json()["data"]
    used = caller.old(f"directory/users/{bea['accountId']}/last-active-dates").json()["data"]

    assert [each["key"] for each in bea["productAccess"]] == ["jira-software"]
    assert [each["resourceOwner"] for each in granted] == ["jira-software", "confluence"]
    assert [each["key"] for each in used["product_access"]] == ["jira-software"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"claimStatus": "unmanaged"}, ["Emil Eriksen", "Fay Fontaine", "Visiting Auditor"]),
        ({"status": ["for_deletion", "suspended"]}, ["Dora Diaz", "Ivo Ivanov"]),
        ({"accountStatus": ["closed"]}, ["Former user"]),
        ({"membershipStatus": ["no_membership"]}, ["Former user", "Hana Horak"]),
        ({"roleIds": ["atlassian/org-admin"]}, ["Ada Admin"]),
        ({"emailDomains": ["elsewhere.example"]}, ["Emil Eriksen"]),
        ({"emails": ["gus@larkspur.example"]}, ["Gus Garner"]),
        ({"searchTerm": "dora"}, ["Dora Diaz"]),
    ],
)
def test_accounts_are_found_by(
    caller: OrganizationCaller, asked: dict[str, object], names: list[str]
) -> None:
    assert caller.names(**asked) == names
    assert caller.get(f"{caller.users}/count", **asked).json() == {"count": len(names)}


def test_groups_are_listed_and_lead_to_their_members(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    address = f"{caller.home}/directories/-/groups"
    groups = {each["name"]: each for each in caller.get(address).json()["data"]}
    ada = demo.account("ada@larkspur.example").id

    assert groups["admins"]["counts"]["users"] == 1
    assert caller.names(groupIds=[groups["admins"]["id"]]) == ["Ada Admin"]
    assert len(caller.get(address, accountIds=ada).json()["data"]) == 2
    one = caller.get(f"{address}/{groups['users']['id']}").json()["data"]
    assert one["description"] == "May use Jira."
    assert caller.get(f"{address}/none").status_code == 404


def test_pages_neither_overlap_nor_repeat(caller: OrganizationCaller) -> None:
    first = caller.search(limit=5, claimStatus="managed").json()
    second = caller.search(cursor=first["links"]["next"], limit=99).json()

    names = [each["name"] for page in (first, second) for each in page["data"]]
    assert (len(first["data"]), len(second["data"])) == (5, 4)
    assert len(set(names)) == len(names)
    assert "Emil Eriksen" not in names
    assert second["links"]["next"] is None


def test_a_page_is_whole_although_an_account_leaves_between_two(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    everybody = [each.id for each in demo.accounts()]
    first = caller.search(limit=5).json()
    demo.forget(everybody[2])
    second = caller.search(cursor=first["links"]["next"]).json()

    assert [each["accountId"] for each in second["data"]] == everybody[5:10]


@pytest.mark.parametrize("cursor", ["nonsense", "WzFd", "e30", "ünicode"])
def test_a_cursor_of_nothing_is_refused(caller: OrganizationCaller, cursor: str) -> None:
    groups = caller.get(f"{caller.home}/directories/-/groups", limit=1).json()["links"]["next"]

    for wrong in (cursor, groups):
        assert caller.search(cursor=wrong).json()["errors"][0]["code"] == "ADMIN-400-1"


@pytest.mark.parametrize(
    "asked",
    [
        {"status": ["sleeping"]},
        {"limit": 0},
        {"limit": 101},
        {"limit": "many"},
        {"expand": ["secrets"]},
        {"emails": ["a@b.example"], "searchTerm": "a"},
        {"searchTerm": {"a": 1}},
    ],
)
def test_a_search_that_makes_no_sense_is_refused(
    caller: OrganizationCaller, asked: dict[str, object]
) -> None:
    assert caller.search(**asked).json()["errors"][0]["code"] == "ADMIN-400-24"


def test_the_older_list_holds_managed_accounts_alone(caller: OrganizationCaller) -> None:
    found = caller.old("users").json()
    names = {each["name"] for each in found["data"]}

    assert "Emil Eriksen" not in names
    assert "Bea Brandt" in names
    assert found["meta"]["total"] == len(names) == 9
    assert found["links"]["self"].startswith("http")


def test_the_older_list_leads_on_by_addresses(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    demo.enrol_many(150)
    first = caller.old("users").json()
    second = caller.get(first["links"]["next"]).json()

    assert (len(first["data"]), len(second["data"])) == (100, 59)


def test_one_account_is_told_in_full(demo: SandboxOrganization, caller: OrganizationCaller) -> None:
    number = demo.account("bea@larkspur.example").id

    assert caller.get(f"{caller.users}/{number}").json()["data"]["name"] == "Bea Brandt"
    unknown = caller.get(f"{caller.users}/nobody")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (404, "ADMIN-404-8")
    assert caller.get(f"{caller.home}/directories/none/users").status_code == 404


def test_cursors_go_astray_as_page_tokens_do(
    small: SandboxJira, caller: OrganizationCaller
) -> None:
    small.fault("repeated-token", path="/admin/*", times=2)
    stuck = [caller.search(limit=2).json()["links"]["next"] for _ in range(2)]
    small.fault("endless-pages", path="/admin/*")
    first = caller.search(limit=2).json()["links"]["next"]
    second = caller.search(cursor=first).json()["links"]["next"]

    assert len(set(stuck)) == 1
    assert first != second
    assert caller.old().status_code == 200


def test_unknown_addresses_and_methods_are_refused(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    assert caller.get(f"{demo.url}/admin/v3/orgs").json()["errors"][0]["code"] == "ADMIN-404-1"
    assert caller.session.delete(caller.home, timeout=20).status_code == 404
    assert caller.session.put(f"{caller.users}/search", timeout=20).status_code == 405
    assert caller.session.post(f"{caller.users}/search", data="x", timeout=20).status_code == 415


@pytest.mark.parametrize(
    ("kind", "code"), [("401", "ADMIN-UAM-401-1"), ("403", "ADMIN-403-3"), ("429", "ADMIN-429-1")]
)
def test_faults_speak_as_an_organization_does(
    small: SandboxJira, caller: OrganizationCaller, kind: str, code: str
) -> None:
    small.fault(kind, path="/admin/*")
    answer = caller.search()

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (int(kind), code)
    assert caller.life("disable", "bea@larkspur.example").status_code == 204
