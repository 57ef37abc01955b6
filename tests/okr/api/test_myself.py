"""What a person sets for themselves, through the API."""

import pytest

from okr.models import ApiToken, AuditEntry, Person, Preference
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/me/"
ANY = {"If-Match": "*"}


def test_a_script_learns_as_whom_it_acts(ben):
    told = client_of(ben).get(URL)

    assert (told.json()["id"], told.json()["manager"]) == (ben.pk, ben.manager_id)
    assert told["ETag"] == f'"{ben.version}"'


def test_a_profile_is_changed_where_it_is_told(ben):
    changed = send(client_of(ben), "patch", URL, {"time_zone": "Asia/Tokyo"}, **ANY)

    assert changed.status_code == 200, changed.json()
    ben.refresh_from_db()
    assert (ben.time_zone, ben.name, ben.theme) == ("Asia/Tokyo", "Ben Okafor", "system")
    assert changed["ETag"] == f'"{ben.version}"'
    assert send(client_of(ben), "patch", URL, {"theme": "dark"}).status_code == 428


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"time_zone": "Moon"}, "time_zone"),
        ({"theme": "pink"}, "theme"),
        ({"role": "okr_admin"}, "role"),
        ({"email": "x@y.example"}, "email"),
    ],
)
def test_what_is_not_ones_own_to_set_is_named(ben, body, field):
    refused = send(client_of(ben), "patch", URL, body, **ANY)

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    assert Person.objects.get(pk=ben.pk).version == ben.version


def test_how_one_is_told_is_chosen_kind_by_kind(ben):
    client, url = client_of(ben), f"{URL}preferences/"
    before = client.get(url).json()
    kind = {"kind": "comment", "in_app": True, "by_mail": False}

    after = send(client, "patch", url, {"kinds": [kind]}).json()

    assert after["wants_mail"] == before["wants_mail"] is True
    changed = [each for each in after["kinds"] if each not in before["kinds"]]
    assert changed == [kind]
    assert send(client, "patch", url, {"wants_mail": False}).json()["wants_mail"] is False
    assert kind in client.get(url).json()["kinds"]


@pytest.mark.parametrize(
    ("kind", "field"), [("gossip", "kinds.0.kind"), ("sync_failing", "kinds.0.kind")]
)
def test_a_kind_that_does_not_concern_one_is_named(ben, kind, field):
    body = {"kinds": [{"kind": kind, "in_app": True, "by_mail": True}]}
    refused = send(client_of(ben), "patch", f"{URL}preferences/", body)

    assert refused.status_code in (400, 422)
    assert faults(refused) == [field]
    assert not Preference.objects.exists()


def test_a_kind_is_chosen_whole(ben):
    url, kinds = f"{URL}preferences/", [{"kind": "comment", "in_app": False}]
    refused = send(client_of(ben), "patch", url, {"kinds": kinds})

    assert (refused.status_code, faults(refused)) == (400, ["kinds.0.by_mail"])
    assert not Preference.objects.exists()


def test_ones_tokens_are_told_without_their_secret_and_revoked(ben, cleo):
    lost = client_of(ben)
    client, other = client_of(ben), client_of(cleo)
    token, shown = client.get(f"{URL}tokens/").json()["results"]
    assert "digest" not in token
    assert token["scopes"] == ["read", "write"]

    assert send(other, "delete", f"{URL}tokens/{token['id']}/").status_code == 404
    assert send(client, "delete", f"{URL}tokens/{token['id']}/").status_code == 204
    assert lost.get(URL).status_code == 401
    assert send(client, "delete", f"{URL}tokens/{shown['id']}/").status_code == 409
    assert AuditEntry.objects.get().action == "tokens.revoked"


def test_no_token_is_made_by_a_token(ben):
    assert send(client_of(ben), "post", f"{URL}tokens/", {"name": "More"}).status_code == 405
    assert ApiToken.objects.count() == 1
