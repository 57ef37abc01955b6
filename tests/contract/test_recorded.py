"""The sandbox's answers beside those that a live Jira once gave: the same keys, the same types."""

from collections.abc import Iterator
from typing import Any

import pytest

from jira_sandbox.testing import SandboxJira
from tests.contract.description import missing, recorded, recorded_body
from tests.sandbox.client import Caller, Callers

pytestmark = [
    pytest.mark.contract,
    pytest.mark.xdist_group("contract"),
    pytest.mark.skipif(bool(missing()), reason=missing() or "it is here"),
]

# Keys that come and go on live sites, or belong to what the sandbox has not
OPTIONAL = {
    "defaultLocale",
    "avatarId",
    "entityId",
    "issuerestriction",
    "untranslatedName",
    "scope",
}


@pytest.fixture
def api(jira: SandboxJira) -> Iterator[Caller]:
    callers = Callers(jira.url)
    yield callers.with_token(jira.email, jira.token)
    callers.close()


def differences(ours: Any, theirs: Any, place: str = "") -> Iterator[str]:
    """Keys that only they have, and values of another type; null fits everything."""
    if ours is None or theirs is None:
        return
    if type(ours) is not type(theirs):
        yield f"{place} is {type(ours).__name__}, not {type(theirs).__name__}"
    elif isinstance(ours, dict):
        for key in sorted(key for key in theirs if key not in OPTIONAL and "custom" not in key):
            if key in ours:
                yield from differences(ours[key], theirs[key], f"{place}.{key}")
            else:
                yield f"{place}.{key} is missing"
    elif isinstance(ours, list) and ours and theirs:
        yield from differences(ours[0], theirs[0], f"{place}[0]")


def test_the_server_speaks_of_itself_as_a_live_one(api: Caller) -> None:
    assert list(differences(api.get("serverInfo").json(), recorded_body("serverInfo"))) == []


def test_an_issue_looks_like_a_live_one(api: Caller) -> None:
    theirs = recorded_body("/issue/TEST-7")
    del theirs["fields"]["description"]  # the recording is of version 2, where it is no document

    assert list(differences(api.get("issue/PLAT-7").json(), theirs)) == []


def test_a_person_looks_like_a_live_one(api: Caller) -> None:
    theirs = recorded_body("/issue/TEST-7")["fields"]["creator"]

    assert list(differences(api.get("myself").json(), theirs)) == []


def test_a_status_looks_like_a_live_one(api: Caller) -> None:
    theirs = recorded_body("/issue/TEST-7")["fields"]["status"]
    everywhere = recorded("rest-mocks/all_statuses.json")

    assert list(differences(api.get("status").json()[0], theirs)) == []
    assert list(differences(api.get("status").json(), everywhere)) == []


def test_the_categories_are_those_of_a_live_site(api: Caller) -> None:
    names = ("id", "key", "name", "colorName")
    ours, theirs = (
        api.get("statuscategory").json(),
        recorded("rest-mocks/all_statuscategories.json"),
    )

    assert [[each[name] for name in names] for each in ours] == [
        [each[name] for name in names] for each in theirs
    ]


def test_the_fields_of_points_epics_and_sprints_are_those_of_a_live_site(api: Caller) -> None:
    ours = {field["id"]: field for field in api.get("field").json()}
    theirs = {field["id"]: field for field in recorded_body("/field")}
    shared = [id_ for id_ in ours if id_ in theirs]

    assert {"customfield_10014", "customfield_10016", "customfield_10026"} <= set(shared)
    for id_ in shared:
        assert list(differences(ours[id_], theirs[id_], id_)) == []
        assert ours[id_]["name"] == theirs[id_]["name"]
        assert ours[id_].get("schema") == theirs[id_].get("schema")


def test_transitions_look_like_live_ones(api: Caller) -> None:
    theirs = recorded("rest-mocks/transitions.json")["transitions"][0]
    theirs.pop("fields", None)

    ours = api.get("issue/PLAT-12/transitions").json()["transitions"][0]

    assert list(differences(ours, theirs)) == []
