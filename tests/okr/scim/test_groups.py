"""What a directory does with units: added, renamed, filled and emptied, removed."""

from http import HTTPStatus

from okr.models import AuditEntry, Unit
from tests.okr.scim.directory import GROUP


def group(name, *people):
    members = [{"value": str(person.pk)} for person in people]
    return {"schemas": [GROUP], "displayName": name, "members": members}


def test_a_new_group_is_a_unit_that_takes_people_in(directory, ben, cleo):
    response = directory.send("post", "/Groups", group("Research", ben))

    assert response.status_code == HTTPStatus.CREATED, response.json()
    unit = Unit.objects.get(name="Research")
    ben.refresh_from_db()
    assert ben.unit == unit
    assert [each["value"] for each in response.json()["members"]] == [str(ben.pk)]
    assert AuditEntry.objects.filter(action="units.added", via="directory").count() == 1


def test_members_come_and_go_one_by_one(directory, ben, ada, cleo):
    place = f"/Groups/{ada.unit_id}"

    directory.patch(place, {"op": "Add", "path": "members", "value": [{"value": str(cleo.pk)}]})
    cleo.refresh_from_db()
    assert cleo.unit == ada.unit

    directory.patch(place, {"op": "Remove", "path": f'members[value eq "{ben.pk}"]'})
    ben.refresh_from_db()
    assert ben.unit is None

    entra = {"op": "Remove", "path": "members", "value": [{"value": str(cleo.pk)}]}
    directory.patch(place, entra)
    cleo.refresh_from_db()
    ada.refresh_from_db()
    assert cleo.unit is None
    assert ada.unit is not None


def test_a_group_is_renamed_and_a_taken_name_is_a_conflict(directory, ada, cleo):
    place, rename = f"/Groups/{ada.unit_id}", {"op": "replace", "path": "displayName"}

    assert directory.patch(place, {**rename, "value": "Core"}).status_code == HTTPStatus.OK
    assert Unit.objects.get(pk=ada.unit_id).name == "Core"
    refused = directory.patch(place, {**rename, "value": cleo.unit.name})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert refused.json()["scimType"] == "uniqueness"


def test_a_group_is_removed_unless_objectives_hold_it(directory, cleo):
    made = directory.send("post", "/Groups", group("Research", cleo)).json()

    assert directory.send("delete", f"/Groups/{made['id']}").status_code == HTTPStatus.NO_CONTENT
    cleo.refresh_from_db()
    assert cleo.unit is None
    assert not Unit.objects.filter(name="Research").exists()


def test_a_unit_with_units_within_it_stays_and_keeps_its_people(directory, ada, ben):
    Unit(name="Inner", parent=ada.unit).keep()

    refused = directory.send("delete", f"/Groups/{ada.unit_id}")

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "1 unit within it" in refused.json()["detail"]
    ben.refresh_from_db()
    assert ben.unit_id == ada.unit_id


def test_somebody_unknown_cannot_be_a_member(directory):
    body = {"schemas": [GROUP], "displayName": "Research", "members": [{"value": "424242"}]}

    refused = directory.send("post", "/Groups", body)

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert "424242" in refused.json()["detail"]
    assert not Unit.objects.filter(name="Research").exists()


def test_groups_are_found_by_name_without_their_members(directory, ada):
    asked = {"filter": f'displayName eq "{ada.unit.name}"', "excludedAttributes": "members"}

    found = directory.get("/Groups", **asked).json()["Resources"]

    assert [each["id"] for each in found] == [str(ada.unit_id)]
    assert "members" not in found[0]
