"""What is done to accounts of an organization: access to a directory, and the account itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jira_sandbox.admin.testing import NEIGHBOUR_KEY, SandboxOrganization, above
from jira_sandbox.testing import SandboxJira, running_sandbox
from tests.sandbox.conftest import NOON, at_noon
from tests.sandbox.organization_client import OrganizationCaller

BEA, CARL, DORA = "bea@larkspur.example", "carl@larkspur.example", "dora@larkspur.example"
ADA, EMIL, GUS = "ada@larkspur.example", "emil@elsewhere.example", "gus@larkspur.example"
HANA, IVO = "hana@larkspur.example", "ivo@larkspur.example"


def movable_clock() -> tuple[Callable[[], datetime], list[datetime]]:
    moments = [NOON]
    return lambda: moments[-1], moments


def test_access_is_suspended_and_restored_with_all_it_held(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    groups = demo.account(BEA).groups

    assert caller.access("suspend", BEA).status_code == 204
    assert demo.status(BEA) == "suspended"
    assert caller.access("restore", BEA).status_code == 204
    assert demo.status(BEA) == "active"
    assert demo.account(BEA).groups == groups


def test_asking_twice_changes_nothing_more(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    assert [caller.access("suspend", DORA).status_code for _ in range(2)] == [204, 204]
    assert [caller.life("disable", BEA).status_code for _ in range(2)] == [204, 204]
    assert (demo.status(DORA), demo.status(BEA)) == ("suspended", "deactivated")


def test_access_wants_a_body_that_says_nothing(caller: OrganizationCaller) -> None:
    bare = caller.session.post(f"{caller.place(BEA)}/suspend", timeout=20)

    assert (bare.status_code, bare.json()["errors"][0]["code"]) == (415, "ADMIN-UAM-415-1")


def test_whoever_is_removed_is_listed_only_where_managed(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    assert caller.remove(BEA).status_code == 204
    assert caller.remove(EMIL).status_code == 204

    assert demo.status(BEA) == "not_invited"
    assert demo.account(BEA).groups == ()
    assert "Emil Eriksen" not in caller.names(limit=100)
    assert caller.remove(BEA).status_code == 404


def test_access_is_that_of_one_directory() -> None:
    with running_sandbox(clock=at_noon) as jira:
        labs = above(jira, NEIGHBOUR_KEY)
        other = OrganizationCaller(labs)
        paulo = "paulo@larkspur-labs.example"
        (inside,) = labs.account(paulo).directories
        (outside,) = {*labs.directory_ids} - {inside}

        assert other.access("suspend", paulo, outside).status_code == 404
        assert other.access("suspend", paulo, "-").status_code == 404
        assert other.access("suspend", paulo, inside).status_code == 204
        assert labs.status(paulo) == "suspended"
        other.session.close()


@pytest.mark.parametrize(
    ("deed", "email", "code"),
    [
        ("suspend", ADA, "ADMIN-UAM-403-1"),
        ("suspend", CARL, "ADMIN-UAM-400-2"),
        ("restore", HANA, "ADMIN-404-8"),
    ],
    ids=["the maker of the key", "an inactive account", "who is in no directory"],
)
def test_access_is_not_changed_for(
    caller: OrganizationCaller, deed: str, email: str, code: str
) -> None:
    assert caller.access(deed, email).json()["errors"][0]["code"] == code


def test_lists_may_lag_behind(
    small: SandboxJira, demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    small.fault("lagging", times=1, method="GET")
    caller.remove(EMIL)

    late = caller.get(caller.users, limit=100).json()["data"]
    assert "Emil Eriksen" in {each["name"] for each in late}
    assert caller.get(caller.users, searchTerm="Emil").json()["data"] == []


def test_an_account_is_deactivated_and_activated(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    assert caller.life("disable", BEA, message="Left in November").status_code == 204
    assert demo.status(BEA) == "deactivated"
    assert caller.life("enable", BEA).status_code == 204
    assert demo.status(BEA) == "active"


def test_a_deleted_account_waits_for_fourteen_days() -> None:
    clock, moments = movable_clock()
    with running_sandbox("small", clock=clock) as jira:
        demo, caller = above(jira), OrganizationCaller(above(jira))
        deleted = caller.life("delete", BEA)
        again = caller.life("delete", BEA)

        assert (deleted.status_code, deleted.json()) == (200, {"message": "Success"})
        assert (again.status_code, again.json()[0]["code"]) == (409, "alreadyScheduled")
        assert demo.status(BEA) == "for_deletion"
        assert caller.life("enable", BEA).status_code == 409
        moments.append(NOON + timedelta(days=13))
        assert caller.search(emails=[BEA]).json()["data"][0]["accountStatus"] == "inactive"
        moments.append(NOON + timedelta(days=14))
        assert caller.search(emails=[BEA]).json()["data"][0]["accountStatus"] == "closed"
        assert caller.life("cancel-delete", BEA).status_code == 404
        caller.session.close()


def test_a_deletion_is_cancelled_and_the_account_is_active_again(
    demo: SandboxOrganization, caller: OrganizationCaller
) -> None:
    assert caller.life("cancel-delete", IVO).status_code == 200
    assert demo.status(IVO) == "active"
    assert caller.life("cancel-delete", IVO).status_code == 404


@pytest.mark.parametrize("deed", ["disable", "enable", "delete", "cancel-delete"])
def test_an_account_that_is_not_managed_is_left_alone(
    demo: SandboxOrganization, caller: OrganizationCaller, deed: str
) -> None:
    answer = caller.life(deed, EMIL)

    assert (answer.status_code, answer.json()) == (403, {"key": "forbidden"})
    assert demo.status(EMIL) == "active"


@pytest.mark.parametrize(
    ("email", "reason"),
    [(ADA, "administrative.notMyself"), (GUS, "externalDirectory.scim")],
)
def test_a_managed_account_may_be_out_of_reach(
    caller: OrganizationCaller, email: str, reason: str
) -> None:
    refused = caller.life("delete", email)
    told = caller.get(caller.manage(email)).json()

    assert refused.status_code == 403
    assert refused.json()["key"] == "forbidden.action"
    assert refused.json()["context"]["reason"] == {"key": reason}
    assert told["lifecycle.delete"] == {"allowed": False, "reason": {"key": reason}}
    assert caller.get(caller.manage(BEA)).json()["lifecycle.delete"] == {"allowed": True}


def test_nobody_unknown_is_managed(demo: SandboxOrganization, caller: OrganizationCaller) -> None:
    address = f"{demo.url}/users/nobody/manage/lifecycle/delete"

    assert caller.session.post(address, timeout=20).status_code == 404


def test_a_key_with_scopes_manages_nobody(demo: SandboxOrganization) -> None:
    reading = OrganizationCaller(demo, demo.reading_key)

    refused = reading.life("disable", BEA)
    assert refused.status_code == 403
    assert refused.json()["key"] == "forbidden.insufficientScope"
    assert "manage:org" in refused.text
    assert reading.access("suspend", BEA).status_code == 403
    assert reading.remove(BEA).status_code == 403
    assert demo.status(BEA) == "active"
    reading.session.close()


def test_a_deactivation_needs_a_body_it_can_read(caller: OrganizationCaller) -> None:
    address = f"{caller.manage(BEA)}/lifecycle/disable"

    assert caller.session.post(address, timeout=20).status_code == 415
    assert caller.session.post(address, json={"message": 7}, timeout=20).status_code == 400


def test_accounts_are_found_as_they_were_left(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    with running_sandbox("small", state=state, clock=at_noon) as jira:
        caller = OrganizationCaller(above(jira))
        caller.access("suspend", BEA)
        caller.life("delete", CARL)
        caller.remove(EMIL)
        with jira.site.lock:
            jira.site.people.remove(jira.site.accounts["visitor"])
        left = above(jira).accounts()
        caller.session.close()

    with running_sandbox("small", state=state, clock=at_noon) as again:
        assert above(again).accounts() == left
        assert [each.name for each in again.site.people.users].count("visitor") == 0
        assert above(again).status(CARL) == "for_deletion"


def test_the_company_has_somebody_of_every_kind() -> None:
    with running_sandbox(clock=at_noon) as jira:
        larkspur = above(jira)
        statuses = {larkspur.status(each.id) for each in larkspur.accounts()}
        left = larkspur.account("oliver.byrne@larkspur.example")

        assert statuses == {"active", "suspended", "not_invited", "deactivated", "for_deletion"}
        assert left.at(NOON) == "active"
        assert {each.managed for each in larkspur.accounts()} == {True, False}
        assert all(at < NOON for each in larkspur.accounts() for at in each.seen.values())
        known = {group.name for group in larkspur.organization.groups}
        assert all(set(each.groups) <= known for each in larkspur.accounts())
