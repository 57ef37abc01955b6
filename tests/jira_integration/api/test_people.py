"""Who is who in Jira, and what its account may do: asked for and explained through the API."""

import pytest
from django.db import connection as db
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jira_integration.models import IntegrationSettings, JiraPerson, Match, Matched, RightsReading
from okr.models import Person
from tests.cast import make_person
from tests.jira_integration.test_import_users import BEN, EXPORT, ID
from tests.okr.api.script import client_of, faults, send


@pytest.fixture
def admin(olga):
    return client_of(olga, "read", "write", "admin")


def url(site, more):
    return f"/api/v1/jira/sites/{site.pk}/{more}"


def explained(client, site, issue):
    return send(client, "post", url(site, "unreadable/"), {"issue": issue})


def test_a_file_of_jira_users_is_given_under_imports(connection, admin, ben, ada):
    kind = admin.get(url(connection, "people/")).json()["kind"]
    given = send(admin, "post", "/api/v1/imports/", {"kind": kind, "content": EXPORT})
    assert given.json()["counts"]["new"] == 1, given.json()
    assert not JiraPerson.objects.exists()

    send(admin, "post", f"/api/v1/imports/{given.json()['id']}/confirmation/", {})

    told = admin.get(url(connection, "people/")).json()
    assert (told["by_file"], told["matched"], told["read_at"]) == (1, 1, None)
    [row] = admin.get(url(connection, "accounts/?match=file")).json()["results"]
    assert (row["person"], row["account_id"]) == (Person.objects.get(email=BEN).pk, ID)
    assert admin.get(url(connection, "accounts/?match=email")).json()["results"] == []


def test_a_file_of_jira_users_takes_a_token_that_was_made_for_admins(connection, admin, olga):
    kind = admin.get(url(connection, "people/")).json()["kind"]
    body = {"kind": kind, "content": EXPORT}
    answer = send(client_of(olga, "read", "write"), "post", "/api/v1/imports/", body)
    assert (answer.status_code, "admin" in answer.json()["detail"]) == (403, True)


def test_jira_is_asked_for_its_accounts(connection, jira, admin):
    make_person("Ada Admin", email="ada@larkspur.example")
    asked = send(admin, "post", url(connection, "people/look-up/"), {}).json()
    assert (asked["by_email"], bool(asked["read_at"])) == (1, True)
    assert asked == admin.get(url(connection, "people/")).json()


def test_a_list_of_accounts_costs_the_same_for_three_and_thirty(connection, admin):
    people = [make_person(f"Person {number}") for number in range(30)]
    costs = []
    for few in (people[:3], people):
        accounts = {each.pk: Matched(f"account-{each.pk}", Match.FILE) for each in few}
        JiraPerson.objects.assign(connection, accounts, timezone.now())
        with CaptureQueriesContext(db) as asked:
            rows = admin.get(url(connection, "accounts/?limit=50")).json()["results"]
        costs.append(len(asked))
        assert len(rows) == len(few)
    assert costs[0] == costs[1]


def test_a_jira_that_does_not_tell_its_accounts_says_which_right_is_missing(
    connection, jira, admin
):
    jira.fault("403", path="*/users/search")
    answer = send(admin, "post", url(connection, "people/look-up/"), {})
    assert (answer.status_code, "Browse users and groups" in answer.json()["detail"]) == (409, True)


def test_rights_are_read_project_by_project(connection, jira, admin):
    before = admin.get(url(connection, "rights/")).json()
    assert (before["read_at"], before["projects"]) == (None, [])
    jira.withhold("LINK_ISSUES", "OPS")

    told = send(admin, "post", url(connection, "rights/"), {}).json()

    assert told == admin.get(url(connection, "rights/")).json()
    assert told["sentence"] == "Larkspur OKR Bot sees 2 projects and may read issues in all."
    held = {each["key"]: each["rights"] for each in told["projects"]}
    assert ("LINK_ISSUES" in held["DEMO"], "LINK_ISSUES" in held["OPS"]) == (True, False)
    missing = {each["right"]: each["projects"] for each in told["missing"]}
    assert (missing["LINK_ISSUES"], missing["ADMINISTER"]) == (["OPS"], [])


def test_when_jira_fails_the_rights_that_were_known_stay(connection, jira, admin):
    known = send(admin, "post", url(connection, "rights/"), {}).json()
    jira.fault("503", path="*/permissions/check")
    answer = send(admin, "post", url(connection, "rights/"), {})
    assert (answer.status_code, "out of order" in answer.json()["detail"]) == (409, True)
    assert admin.get(url(connection, "rights/")).json() == known
    assert RightsReading.objects.count() == 1


def test_an_issue_that_cannot_be_read_is_explained(connection, jira, admin):
    fine = explained(admin, connection, "demo-8").json()
    assert (fine["issue"], fine["readable"], fine["causes"]) == ("DEMO-8", True, [])

    jira.hide("DEMO-8")
    told = explained(admin, connection, "DEMO-8").json()
    assert told["readable"] is False
    assert told["causes"][0]["title"] == "Issue security hides it"
    elsewhere = explained(admin, connection, "EXE-1").json()
    assert elsewhere["causes"][0]["title"].startswith("The project is not visible")


@pytest.mark.parametrize("issue", ["", "words", "DEMO-0"])
def test_what_is_no_key_is_refused_by_name(connection, admin, issue):
    answer = explained(admin, connection, issue)
    assert answer.status_code in (400, 422)
    assert faults(answer) == ["issue"]


def test_the_new_key_of_a_moved_issue_is_for_those_with_jira_access(
    connection, jira, admin, olga, ben
):
    jira.relocate("DEMO-8", "OPS")
    assert explained(admin, connection, "DEMO-8").json()["new_key"].startswith("OPS-")
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=ben.pk))
    assert explained(admin, connection, "DEMO-8").json()["new_key"] == ""
