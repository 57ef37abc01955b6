"""The room by a script: connected, read, listed and matched; and no answer tells a secret."""

import pytest
from django.urls import reverse

from atlassian_accounts.models import AccountsRead, AccountsSettings, OrganizationConnection
from okr.models import ApiAnswer, AuditEntry
from tests.atlassian_accounts.api.test_deeds import UNSAFE
from tests.atlassian_accounts.matrix.routes import NOUNS, ROUTES
from tests.atlassian_accounts.stage import ADMIN, account, jira_room, read
from tests.cast import make_person
from tests.okr.api.script import client_of, send

ORGANIZATIONS = "/api/v1/atlassian/organizations/"
CANARY = "canary-7d02f1-of-an-organization"


@pytest.fixture
def admin(olga):
    return client_of(olga, "read", "write", "admin")


def entered(organization, **more):
    told = {"label": "Works", "admin_email": ADMIN, "organization_id": organization.id}
    return {**told, "organization_key": organization.key, **more}


def test_a_first_organization_is_connected_and_turns_reading_on(organization, db, admin):
    made = send(admin, "post", ORGANIZATIONS, entered(organization))
    assert made.status_code == 201, made.json()
    told = admin.get(made["Location"]).json()
    assert (told["label"], told["source"], told["standing"]) == ("Works", "organization", "Reading")
    assert AccountsSettings.load().enabled
    assert AuditEntry.objects.filter(action="accounts.connected").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"organization_key": "nonsense"}, ""),
        ({"organization_id": "../other"}, "organization_id"),
        ({"api_token": "x"}, "api_token"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_atlassian_or_we_refuse_connects_nothing(organization, db, admin, wrong, field):
    response = send(admin, "post", ORGANIZATIONS, entered(organization, **wrong))
    assert response.status_code in (400, 422), response.json()
    assert field in [each["field"] for each in response.json()["errors"]]
    assert not OrganizationConnection.objects.exists()


def test_a_change_needs_the_version_that_was_read(connection, organization, admin):
    place = f"{ORGANIZATIONS}{connection.pk}/"
    tag = admin.get(place)["ETag"]
    assert send(admin, "patch", place, {"label": "Works"}).status_code == 428
    changed = send(admin, "patch", place, {"label": "Works"}, **{"If-Match": tag})
    assert changed.json()["label"] == "Works"
    assert OrganizationConnection.objects.get().opened() == organization.key
    assert send(admin, "delete", place, **{"If-Match": tag}).status_code == 412


def test_accounts_are_listed_with_whose_they_are(connection, admin, olga):
    bea = make_person("Bea Brandt", email="bea@larkspur.example")
    run = read(connection)
    place = "/api/v1/atlassian/accounts/"
    told = admin.get(f"{place}?belongs=ours").json()["results"]
    assert [(each["email"], each["person"], each["groups"]) for each in told] == [
        ("bea@larkspur.example", bea.pk, ["users"])
    ]
    assert admin.get(f"{place}?q=dora").json()["results"][0]["status"] == "suspended"
    assert admin.get(f"{place}?gone=true").json()["results"] == []
    assert admin.get(f"{place}?status=nonsense").status_code == 400
    one = admin.get(f"{place}{account(ADMIN).pk}/").json()
    assert (one["roles"], one["managed"]) == (["org-admin"], True)
    assert {each["name"] for each in one["products"]} == {"Jira", "Confluence"}
    without = admin.get("/api/v1/atlassian/people-without-account/").json()["results"]
    assert [each["id"] for each in without] == [olga.pk]
    told = admin.get(f"/api/v1/atlassian/readings/{run.pk}/").json()
    assert (told["state"], told["read"], told["failure"]) == ("done", 12, "")


def test_matches_are_taken_into_the_check_of_an_import(connection, admin):
    make_person("Bea Brandt", email="bea@larkspur.example")
    read(connection)
    place, kind = "/api/v1/atlassian/matches/", f"jira-users-{jira_room().pk}"
    assert send(admin, "post", place, {"kind": "people"}).status_code == 422
    told = send(admin, "post", place, {"kind": kind}).json()
    assert (told["counts"]["new"], told["done_at"]) == (1, None)
    done = send(admin, "post", f"/api/v1/imports/{told['id']}/confirmation/", {})
    assert done.json()["done_at"]


def test_nothing_is_read_by_hand_while_reading_is_off(connection, admin):
    AccountsSettings.load().turn_off()
    refused = send(admin, "post", f"{ORGANIZATIONS}{connection.pk}/refresh/", {})
    assert refused.status_code == 409
    assert not AccountsRead.objects.exists()


def test_no_answer_tells_a_secret(organization, connection, admin):
    """A canary stands in no answer of the room, nor at rest, be it taken or refused."""
    keys = organization.site.people.organizations.keys
    keys[CANARY] = keys[organization.key]
    bodies = {
        "accounts_api:organizations": [
            entered(organization, organization_key=CANARY),
            {"api_token": CANARY, "organization_key": 3},
        ],
        "accounts_api:organization": [
            {"organization_key": CANARY},
            {"api_token": CANARY, "admin_url": "x"},
        ],
    }
    taken = 0
    spoken = {name: each for name, each in ROUTES.items() if each.spoken}
    for name in sorted(spoken, key=lambda name: name == "accounts_api:organization"):
        declared = spoken[name]
        kwargs = {arg: NOUNS[noun](None) for arg, noun in declared.args.items()}
        for method in [each for each in ("GET", *UNSAFE) if each in declared.methods]:
            for body in bodies.get(name, [{}]):
                sent = None if method in ("GET", "DELETE") else body
                place = reverse(name, kwargs=kwargs)
                response = send(admin, method.lower(), place, sent, **{"If-Match": "*"})
                taken += method == "PATCH" and response.status_code == 200
                assert response.status_code < 500, (name, method)
                assert CANARY not in response.content.decode() + str(response.headers)
    assert taken, "the canary was never taken"
    for rows in (ApiAnswer.objects, AuditEntry.objects, OrganizationConnection.objects):
        assert CANARY not in str(list(rows.values()))
