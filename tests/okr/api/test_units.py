"""Units through the API: a tree that everybody reads and OKR admins keep."""

import pytest

from okr.models import AuditEntry, Unit
from tests.cast import make_unit
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/units/"
ADMIN = ("read", "write", "admin")
ANY = {"If-Match": "*"}


def test_everybody_reads_them(cleo):
    platform = make_unit("Platform")
    within = make_unit("Databases", parent=platform)

    client = client_of(cleo)
    told = client.get(f"{URL}?parent={platform.pk}").json()["results"]

    assert [(each["name"], each["slug"], each["parent"]) for each in told] == [
        ("Databases", "databases", platform.pk)
    ]
    assert client.get(f"{URL}{within.pk}/").json() == told[0]
    assert [each["name"] for each in client.get(f"{URL}?q=plat").json()["results"]] == ["Platform"]


def test_one_is_added_moved_and_deleted(olga, ben):
    client = client_of(olga, *ADMIN)
    made = send(client, "post", URL, {"name": "Research", "lead": ben.pk})
    assert made.status_code == 201, made.json()

    moved = send(client, "patch", made["Location"], {"parent": ben.unit_id}, **ANY)
    assert (moved.status_code, moved.json()["lead"]) == (200, ben.pk), moved.json()
    assert send(client, "delete", made["Location"], **ANY).status_code == 204
    assert not Unit.objects.filter(name="Research").exists()
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "units.added",
        "units.changed",
        "units.deleted",
    ]


def test_one_with_people_stays(olga, ben):
    refused = send(client_of(olga, *ADMIN), "delete", f"{URL}{ben.unit_id}/", **ANY)

    assert refused.status_code == 409
    assert "2 people" in refused.json()["detail"]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "People / Payroll"}, "name"),
        ({"name": "people"}, "name"),
        ({"parent": 99_999}, "parent"),
        ({"lead": 99_999}, "lead"),
        ({"slug": "x"}, "slug"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(olga, body, field):
    unit = make_unit("Platform")

    refused = send(client_of(olga, *ADMIN), "patch", f"{URL}{unit.pk}/", body, **ANY)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert Unit.objects.get(pk=unit.pk).version == unit.version


def test_others_change_none(olga, cleo):
    for client in (client_of(cleo, *ADMIN), client_of(olga)):
        assert send(client, "post", URL, {"name": "X"}).status_code == 403
        assert send(client, "delete", f"{URL}{cleo.unit_id}/", **ANY).status_code == 403
    assert not AuditEntry.objects.exists()


def test_a_list_costs_the_same_for_3_and_for_30(olga, django_assert_max_num_queries):
    client = client_of(olga)

    def queries(first, last):
        for row in range(first, last):
            make_unit(f"Row {row}")
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(0, 3)
    assert queries(0, 0) == queries(3, 30)
