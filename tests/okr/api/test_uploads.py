"""Imports through the API: a file is given, checked, and written when somebody confirms."""

import pytest

from okr.models import AuditEntry, Objective, Person, Upload
from tests.cast import make_person
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/imports/"
ADMIN = ("read", "write", "admin")
PEOPLE = {
    "kind": "people",
    "content": "email,name\nnew@larkspur.example,Noor New\nnobody,Nobody\n",
}


def test_people_come_in_when_the_check_is_confirmed(olga):
    client = client_of(olga, *ADMIN)
    given = send(client, "post", URL, PEOPLE)

    assert given.status_code == 201, given.json()
    told = given.json()
    assert told["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "problem": 1}
    assert [(each["row"], each["column"]) for each in told["problems"]] == [(3, "email")]
    assert not Person.objects.filter(name="Noor New").exists()
    assert client.get(URL).json()["results"] == [told]

    done = send(client, "post", f"{URL}{told['id']}/confirmation/", {})
    assert done.status_code == 200, done.json()
    assert done.json()["done_at"] is not None
    assert Person.objects.filter(name="Noor New").exists()
    assert AuditEntry.objects.get().action == "imports.confirmed"


def test_what_changed_since_the_check_is_checked_anew(olga):
    client = client_of(olga, *ADMIN)
    upload = send(client, "post", URL, PEOPLE).json()
    make_person("Noor Other", email="new@larkspur.example")

    url = f"{URL}{upload['id']}/confirmation/"
    assert send(client, "post", url, {}).status_code == 409
    assert client.get(f"{URL}{upload['id']}/").json()["counts"]["changed"] == 1
    assert send(client, "post", url, {}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "clouds"}, "kind"),
        ({"content": "colour\nred\n"}, "content"),
        ({"content": ""}, "content"),
        ({"file": "x"}, "file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(olga, body, field):
    refused = send(client_of(olga, *ADMIN), "post", URL, PEOPLE | body)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert not Upload.objects.exists()


def test_only_admins_bring_people_and_only_their_own_file(olga, cleo):
    for client in (client_of(cleo, *ADMIN), client_of(olga)):
        refused = send(client, "post", URL, PEOPLE)
        assert refused.status_code == 403
        assert "“admin”" in refused.json()["detail"]
    upload = send(client_of(olga, *ADMIN), "post", URL, PEOPLE).json()
    assert client_of(cleo).get(f"{URL}{upload['id']}/").status_code == 404
    url = f"{URL}{upload['id']}/confirmation/"
    assert send(client_of(olga), "post", url, {}).status_code == 403
    assert not Person.objects.filter(name="Noor New").exists()


def test_a_colleague_brings_objectives_of_their_own(cleo, cycle):
    kind, client = f"objectives-{cycle.pk}", client_of(cleo)
    content = f"objective,owner_email\nCalls are short,{cleo.email}\n"
    given = send(client, "post", URL, {"kind": kind, "content": content})
    assert given.status_code == 201, given.json()

    send(client, "post", f"{URL}{given.json()['id']}/confirmation/", {})
    assert Objective.objects.get().owner == cleo
