"""People through the API: found by everybody, kept by OKR admins."""

import pytest

from okr.models import AuditEntry, Person
from tests.cast import make_key_result, make_objective, make_person, make_unit
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/people/"
ADMIN = ("read", "write", "admin")
ANY = {"If-Match": "*"}


def names(response):
    return [each["name"] for each in response.json()["results"]]


def test_everybody_finds_who_is_here(ben, cleo):
    make_person("Igor Gone", is_active=False)

    found = client_of(cleo).get(f"{URL}?q=okafor").json()["results"]

    assert [(each["id"], each["email"], each["manager"]) for each in found] == [
        (ben.pk, ben.email, None)
    ]
    assert "Igor Gone" not in names(client_of(cleo).get(URL))


def test_what_only_admins_know_is_told_to_them_alone(olga, ben, cleo):
    for_admin = client_of(olga, *ADMIN).get(f"{URL}{ben.pk}/").json()
    assert (for_admin["role"], for_admin["state"]) == ("employee", "not_invited")
    assert for_admin["manager"] == ben.manager_id

    for client in (client_of(cleo), client_of(olga, "read")):
        told = client.get(f"{URL}{ben.pk}/").json()
        assert (told["role"], told["state"], told["manager"]) == (None, None, None)
        assert names(client.get(f"{URL}?role=employee")) == []


def test_who_has_left_is_known_to_admins(olga, cleo):
    gone = make_person("Igor Gone", is_active=False)

    assert client_of(cleo).get(f"{URL}{gone.pk}/").status_code == 404
    client = client_of(olga, *ADMIN)
    assert client.get(f"{URL}{gone.pk}/").json()["state"] == "deactivated"
    assert names(client.get(f"{URL}?state=deactivated")) == ["Igor Gone"]


def test_a_unit_is_asked_for_with_all_within_it(ben, cleo):
    within = make_unit("Databases", parent=ben.unit)
    make_person("Dana Holt", unit=within)

    found = client_of(cleo).get(f"{URL}?unit={ben.unit_id}")

    assert sorted(names(found)) == ["Ada Lindqvist", "Ben Okafor", "Dana Holt"]


def test_one_is_added_and_changed_as_on_the_page(olga, ada, ben):
    client = client_of(olga, *ADMIN)
    body = {"name": "Noor New", "email": "Noor@larkspur.example", "manager": ada.pk}

    made = send(client, "post", URL, body | {"unit": ada.unit_id})
    assert made.status_code == 201, made.json()
    noor = Person.objects.get(email="noor@larkspur.example")
    assert (made["Location"], noor.manager, noor.unit) == (f"{URL}{noor.pk}/", ada, ada.unit)

    moved = send(client, "patch", made["Location"], {"manager": ben.pk}, **ANY)
    assert moved.status_code == 200, moved.json()
    noor.refresh_from_db()
    assert (noor.manager, noor.unit, noor.name) == (ben, ada.unit, "Noor New")
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "people.added",
        "people.changed",
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "olga.petrenko@larkspur.example"}, "email"),
        ({"unit": 99_999}, "unit"),
        ({"manager": 99_999}, "manager"),
        ({"role": "king"}, "role"),
        ({"password": "x"}, "password"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(olga, ben, body, field):
    refused = send(client_of(olga, *ADMIN), "patch", f"{URL}{ben.pk}/", body, **ANY)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert Person.objects.get(pk=ben.pk).version == ben.version


def test_a_change_names_the_version_that_was_read(olga, ben):
    client, url = client_of(olga, *ADMIN), f"{URL}{ben.pk}/"
    tag = client.get(url)["ETag"]

    assert send(client, "patch", url, {"name": "B"}).status_code == 428
    assert send(client, "patch", url, {"name": "B"}, **{"If-Match": tag}).status_code == 200
    assert send(client, "patch", url, {"name": "C"}, **{"If-Match": tag}).status_code == 412


def test_others_change_nobody(ben, cleo, olga):
    for client in (client_of(cleo, *ADMIN), client_of(olga)):
        assert send(client, "patch", f"{URL}{ben.pk}/", {"name": "X"}, **ANY).status_code == 403
        assert send(client, "post", URL, {"name": "X", "email": "x@y.example"}).status_code == 403
    assert not AuditEntry.objects.exists()


def test_who_leaves_hands_over_and_may_come_back(olga, ben, cleo, cycle):
    objective = make_objective(ben, cycle)
    make_key_result(objective)
    client, url = client_of(olga, *ADMIN), f"{URL}{ben.pk}/deactivation/"

    refused = send(client, "post", url, {})
    assert (refused.status_code, faults(refused)) == (422, ["heir"])
    left = send(client, "post", url, {"heir": cleo.pk})
    assert (left.status_code, left.json()["state"]) == (200, "deactivated"), left.json()
    objective.refresh_from_db()
    assert objective.owner == cleo

    back = send(client, "delete", url)
    assert (back.status_code, back.json()["is_active"]) == (200, True)
    assert [each.action for each in AuditEntry.objects.order_by("id")] == [
        "people.deactivated",
        "people.reactivated",
    ]


def test_nobody_deactivates_themselves(olga):
    refused = send(client_of(olga, *ADMIN), "post", f"{URL}{olga.pk}/deactivation/", {})

    assert refused.status_code == 422
    assert Person.objects.get(pk=olga.pk).is_active


def test_a_link_to_come_in_is_made_and_told_where_no_mail_is_sent(olga, ben, settings, client):
    settings.MAIL_SERVER = None
    script, url = client_of(olga, *ADMIN), f"{URL}{ben.pk}/invitation/"

    told = send(script, "post", url, {})

    assert told.status_code == 201, told.json()
    page = told.json()["link"].removeprefix(settings.PUBLIC_ADDRESS)
    assert client.get(page).status_code == 200
    send(script, "post", f"{URL}{ben.pk}/deactivation/", {})
    assert send(script, "post", url, {}).status_code == 409


def test_a_list_costs_the_same_for_3_and_for_30(olga, django_assert_max_num_queries):
    client = client_of(olga, *ADMIN)

    def queries(first, last):
        for row in range(first, last):
            make_person(f"Row {row}")
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(0, 3)
    assert queries(0, 0) == queries(3, 30)
