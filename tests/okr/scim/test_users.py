"""What a directory does with people: found, added, changed, deactivated, and back again."""

from http import HTTPStatus

import pytest
from django.test import Client

from okr.models import AuditEntry, DirectoryEntry, Person, Role, Unit
from tests.cast import make_key_result, make_objective, make_person, signed_in
from tests.okr.scim.directory import BASE, USER, WORK, user

SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
NOOR = user("noor@larkspur.example", "Noor Haddad", externalId="e-17", title="Designer")


def test_a_new_user_is_a_person_in_a_unit_with_a_manager(directory, ada):
    work = {"department": "Research", "manager": {"value": str(ada.pk)}}

    response = directory.send("post", "/Users", {**NOOR, WORK: work})

    assert response.status_code == HTTPStatus.CREATED, response.json()
    noor = Person.objects.get(email="noor@larkspur.example")
    assert (noor.name, noor.designation, noor.manager) == ("Noor Haddad", "Designer", ada)
    assert (noor.unit.name, noor.role, noor.is_active) == ("Research", Role.EMPLOYEE, True)
    assert response["Location"] == f"http://testserver{BASE}/Users/{noor.pk}"
    told = response.json()
    assert (told["id"], told["externalId"]) == (str(noor.pk), "e-17")
    assert told[WORK] == {
        "department": "Research",
        "manager": {"value": str(ada.pk), "$ref": f"http://testserver{BASE}/Users/{ada.pk}"},
    }
    entry = AuditEntry.objects.get(action="people.added")
    assert (entry.via, entry.by, entry.by_name) == ("directory", None, "The directory")


def test_a_department_that_exists_is_used_and_two_of_one_name_are_refused(directory, ada):
    before = Unit.objects.count()
    first = directory.send("post", "/Users", {**NOOR, WORK: {"department": ada.unit.name.lower()}})
    assert first.status_code == HTTPStatus.CREATED
    assert Person.objects.get(email="noor@larkspur.example").unit == ada.unit
    assert Unit.objects.count() == before

    Unit(name=ada.unit.name, parent=ada.unit).keep()
    second = user("eva@larkspur.example", "Eva Lund", **{WORK: {"department": ada.unit.name}})
    refused = directory.send("post", "/Users", second)
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert "Several units" in refused.json()["detail"]
    assert not Person.objects.filter(email="eva@larkspur.example").exists()


@pytest.mark.parametrize(
    ("change", "status", "kind", "says"),
    [
        ({"emails": []}, 400, "invalidValue", "emails"),
        ({"userName": None}, 400, "invalidValue", "userName"),
        ({"emails": [{"value": "nobody"}]}, 400, "invalidValue", "emails"),
        ({"displayName": "x" * 121}, 400, "invalidValue", "displayName"),
        ({"externalId": "x" * 256}, 400, "invalidValue", "externalId"),
        ({WORK: {"manager": {"value": "999999"}}}, 400, "invalidValue", "manager"),
        ({WORK: {"manager": {"value": "9" * 5_000}}}, 400, "invalidValue", "manager"),
        ({WORK: {"manager": {"value": "9" * 40}}}, 400, "invalidValue", "manager"),
        ({WORK: {"department": "A / B"}}, 400, "invalidValue", "slash"),
        ({"userName": "olga.petrenko@larkspur.example"}, 409, "uniqueness", "userName"),
        ({"emails": [{"value": "olga.petrenko@larkspur.example"}]}, 409, "uniqueness", "emails"),
        ({"schemas": ["urn:x"]}, 400, "invalidSyntax", "schemas"),
        ({"displayName": "a\x00b"}, 400, "invalidValue", "displayName"),
        ({"userName": "a\x00@larkspur.example"}, 400, "invalidValue", "userName"),
        ({"externalId": "e\x00"}, 400, "invalidValue", "externalId"),
        ({"name": {"givenName": "N\x00"}}, 400, "invalidValue", "givenName"),
        ({WORK: {"department": "R\x00"}}, 400, "invalidValue", "department"),
    ],
)
def test_what_cannot_be_taken_is_named_and_changes_nothing(directory, change, status, kind, says):
    Person.objects.update(email="olga.petrenko@larkspur.example")

    response = directory.send("post", "/Users", {**NOOR, **change})

    told = response.json()
    assert (response.status_code, told["scimType"]) == (status, kind), told
    assert says in told["detail"], told
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "filter_", [
        'userName eq "NOOR@larkspur.example"', 'externalId eq "e-17"',
        'displayName eq "noor haddad"',
        'emails.value eq "noor@larkspur.example"', 'emails[value sw "noor"]', 'title co "sign"',
        'userName eq "noor@larkspur.example" and active eq true',
    ],
)  # fmt: skip
def test_a_user_is_found_by_what_directories_ask(directory, filter_):
    directory.send("post", "/Users", NOOR)

    found = directory.get("/Users", filter=filter_).json()

    assert [each["userName"] for each in found["Resources"]] == ["noor@larkspur.example"]
    assert found["totalResults"] == 1


def test_a_filter_that_cannot_be_read_is_refused(directory):
    response = directory.get("/Users", filter="userName is wrong")

    assert (response.status_code, response.json()["scimType"]) == (400, "invalidFilter")
    assert response["Cache-Control"] == "private, no-store"


def test_a_filter_that_takes_long_to_read_is_not_read(directory):
    asked = {"schemas": [SEARCH], "filter": f"{'(' * 3_000}active eq true{')' * 3_000}"}

    response = directory.send("post", "/Users/.search", asked)

    assert (response.status_code, response.json()["scimType"]) == (400, "invalidFilter")
    assert "4,000" in response.json()["detail"]


@pytest.mark.parametrize("text", [r"\ud800", r"\u0000"])
@pytest.mark.parametrize("name", ["userName", "externalId", "emails.value", "displayName"])
def test_what_no_database_holds_is_asked_for_in_vain(directory, name, text):
    found = directory.get("/Users", filter=f'{name} eq "{text}"')

    assert (found.status_code, found.json()["totalResults"]) == (200, 0)


def test_a_list_has_nothing_at_a_place_beyond_all_places(directory):
    found = directory.get("/Users", startIndex="9" * 40)

    assert found.status_code == HTTPStatus.OK
    assert "Resources" not in found.json() or not found.json()["Resources"]


def test_a_change_to_what_no_database_holds_is_refused(directory, ben):
    told = {"op": "replace", "path": "externalId", "value": "e\x00"}

    response = directory.patch(f"/Users/{ben.pk}", told)

    assert (response.status_code, response.json()["scimType"]) == (400, "invalidValue")


def test_lists_are_told_page_by_page_at_the_same_cost(directory, django_assert_max_num_queries):
    for number in range(5):
        make_person(f"Person {number}")
    first = directory.get("/Users", startIndex=1, count=2).json()
    second = directory.get("/Users", startIndex=3, count=2).json()
    assert first["totalResults"] == second["totalResults"] == Person.objects.count()
    assert not {each["id"] for each in first["Resources"]} & {
        each["id"] for each in second["Resources"]
    }

    with django_assert_max_num_queries(9):
        directory.get("/Users")


def test_somebody_who_leaves_is_signed_out_and_their_work_goes_to_their_manager(
    directory, ben, ada, cycle
):
    objective = make_objective(ben, cycle)
    key_result = make_key_result(objective)
    browser = signed_in(ben)

    response = directory.patch(
        f"/Users/{ben.pk}", {"op": "Replace", "path": "active", "value": False}
    )

    assert response.status_code == HTTPStatus.OK, response.json()
    assert response.json()["active"] is False
    objective.refresh_from_db()
    key_result.refresh_from_db()
    assert (objective.owner, key_result.owner) == (ada, ada)
    assert browser.get("/my/").status_code == HTTPStatus.FOUND
    assert AuditEntry.objects.get(action="people.deactivated").via == "directory"

    directory.patch(f"/Users/{ben.pk}", {"op": "replace", "value": {"active": True}})
    ben.refresh_from_db()
    assert ben.is_active


def test_the_last_admin_stays(directory, olga):
    olga.set_password("a long password")
    olga.save()

    response = directory.send("delete", f"/Users/{olga.pk}")

    assert response.status_code == HTTPStatus.CONFLICT
    olga.refresh_from_db()
    assert olga.is_active


def test_a_deleted_user_is_gone_for_the_directory_and_comes_back_as_the_same_person(
    directory, ben, olga
):
    email = ben.email
    assert directory.send("delete", f"/Users/{ben.pk}").status_code == HTTPStatus.NO_CONTENT
    assert directory.get(f"/Users/{ben.pk}").status_code == HTTPStatus.NOT_FOUND
    assert directory.get("/Users", filter=f'userName eq "{email}"').json()["totalResults"] == 0
    assert Person.objects.get(pk=ben.pk).is_active is False

    again = directory.send("post", "/Users", user(email, "Ben Okafor"))

    assert again.status_code == HTTPStatus.CREATED, again.json()
    assert again.json()["id"] == str(ben.pk)
    assert Person.objects.get(pk=ben.pk).is_active is True


def test_a_replacement_keeps_the_unit_that_it_does_not_mention(directory, ben):
    unit = ben.unit

    directory.send("put", f"/Users/{ben.pk}", user(ben.email, "Benjamin Okafor"))

    ben.refresh_from_db()
    assert (ben.name, ben.unit) == ("Benjamin Okafor", unit)


def test_a_user_name_that_is_no_address_is_kept_beside_it(directory):
    sent = {**NOOR, "userName": "nhaddad", "name": {"givenName": "Noor", "familyName": "Haddad"}}

    told = directory.send("post", "/Users", sent).json()

    assert told["userName"] == "nhaddad"
    assert told["name"] == {"givenName": "Noor", "familyName": "Haddad"}
    assert DirectoryEntry.objects.get().user_name == "nhaddad"
    assert directory.get("/Users", filter='userName eq "NHADDAD"').json()["totalResults"] == 1


def test_a_change_to_what_was_not_read_is_refused(directory, ben):
    tag = directory.get(f"/Users/{ben.pk}")["ETag"]
    ben.name = "Benjamin"
    ben.keep()
    sent = user(ben.email, "Somebody else")

    stale = directory.send("put", f"/Users/{ben.pk}", sent, **{"If-Match": tag})
    assert stale.status_code == HTTPStatus.PRECONDITION_FAILED
    fresh = directory.get(f"/Users/{ben.pk}")["ETag"]
    assert directory.send("put", f"/Users/{ben.pk}", sent, **{"If-Match": fresh}).status_code == 200


def test_no_token_of_a_person_opens_it_and_a_revoked_one_neither(directory, olga, client):
    assert Client().get(f"{BASE}/Users").status_code == HTTPStatus.UNAUTHORIZED
    assert signed_in(olga).get(f"{BASE}/Users").status_code == HTTPStatus.UNAUTHORIZED
    assert directory.get("/Users").status_code == HTTPStatus.OK
    directory.token.revoke(directory.token.made_at)
    refused = directory.get("/Users")
    assert refused.status_code == HTTPStatus.UNAUTHORIZED
    assert refused["Content-Type"] == "application/scim+json"


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff\xfe", b"[" * 100_000, b""])
def test_a_body_that_is_no_user_is_refused(directory, body):
    response = directory.client.post(f"{BASE}/Users", body, content_type="application/scim+json")

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert response.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_too_large_a_body_and_another_type_are_refused(directory):
    large = directory.client.post(
        f"{BASE}/Users", b" " * 1_000_001, content_type="application/scim+json"
    )
    other = directory.client.post(f"{BASE}/Users", b"a=1", content_type="text/csv")
    assert (large.status_code, other.status_code) == (413, 415)


def test_what_is_not_kept_here_is_passed_over(directory):
    sent = {
        **NOOR,
        "phoneNumbers": [{"value": "1"}],
        "schemas": [USER, "urn:other"],
    }

    response = directory.send("post", "/Users", sent)

    assert response.status_code == HTTPStatus.CREATED, response.json()
    assert "phoneNumbers" not in response.json()
