"""What admins decide for all sites, through the API: the switch, percentages, access, syncs."""

import pytest

from jira_integration.models import IntegrationSettings, SyncRun, Trigger
from tests.jira_integration.stage import progress, read
from tests.jira_integration.tokens import revoke
from tests.okr.api.script import client_of, send

ROOM = "/api/v1/jira/"
ANY = {"If-Match": "*"}


@pytest.fixture
def admin(olga):
    return client_of(olga, "read", "write", "admin")


def test_percentages_are_tried_out_and_then_changed(linked, admin):
    wanted = {"in_progress": 80}
    foreseen = send(admin, "post", f"{ROOM}percentages/preview/", wanted).json()
    assert foreseen["number"] == 1
    [change] = foreseen["largest"]
    assert (change["key_result"], change["progress"], change["after"]) == (
        linked.pk, "25.0000", "40.0000",
    )  # fmt: skip
    assert IntegrationSettings.load().in_progress == 50

    tag = admin.get(f"{ROOM}percentages/")["ETag"]
    changed = send(admin, "patch", f"{ROOM}percentages/", wanted, **{"If-Match": tag})
    assert (changed.status_code, changed.json()["in_progress"]) == (200, 80)
    stale = send(admin, "patch", f"{ROOM}percentages/", wanted, **{"If-Match": tag})
    assert stale.status_code == 412
    read(trigger=Trigger.SETTINGS)
    assert progress(linked) == 40


def test_percentages_that_do_not_rise_are_refused_by_name(connection, admin):
    for place, method in (("percentages/", "patch"), ("percentages/preview/", "post")):
        response = send(admin, method, f"{ROOM}{place}", {"to_do": 70}, **ANY)
        assert response.status_code == 422
        assert "in_progress" in [each["field"] for each in response.json()["errors"]]
    assert IntegrationSettings.load().to_do == 0


def test_selected_people_are_named_by_their_numbers(connection, admin, ben, cleo):
    url = f"{ROOM}access/"
    assert admin.get(url).json()["who_may_link"] == "all"

    body = {"who_may_link": "selected", "people": [ben.pk, cleo.pk]}
    told = send(admin, "patch", url, body, **ANY).json()
    assert (told["who_may_link"], told["people"]) == ("selected", [ben.pk, cleo.pk])
    fewer = send(admin, "patch", url, {"people": [ben.pk]}, **ANY).json()
    assert fewer["people"] == [ben.pk]
    assert IntegrationSettings.load().may_link(ben)
    assert not IntegrationSettings.load().may_link(cleo)


@pytest.mark.parametrize("people", [[], [999], ["Ben"], 3])
def test_whoever_is_not_there_is_not_let_in(connection, admin, people):
    body = {"who_may_link": "selected", "people": people}
    response = send(admin, "patch", f"{ROOM}access/", body, **ANY)
    assert response.status_code in (400, 422)
    fields = [each["field"].partition(".")[0] for each in response.json()["errors"]]
    assert fields == ["people"]
    assert IntegrationSettings.load().who_may_link == "all"


def test_the_switch_goes_off_and_on_again_once_jira_accepts(linked, jira, admin):
    url = f"{ROOM}switch/"
    assert send(admin, "delete", url).json()["enabled"] is False
    linked.refresh_from_db()
    assert linked.tracked_by == ""

    assert send(admin, "post", url, {}).json()["enabled"] is True
    linked.refresh_from_db()
    assert linked.tracked_by == "jira"
    send(admin, "delete", url)
    revoke(jira)
    refused = send(admin, "post", url, {})
    assert (refused.status_code, IntegrationSettings.load().enabled) == (422, False)


def test_without_a_site_there_is_nothing_to_turn_on(admin, db):
    refused = send(admin, "post", f"{ROOM}switch/", {})
    assert refused.status_code == 422
    assert admin.get(f"{ROOM}switch/").json()["standing"] == "Off"


def test_a_sync_is_asked_for_seen_and_cancelled(linked, admin, olga):
    asked = send(admin, "post", f"{ROOM}sync/", {})
    assert asked.status_code == 202, asked.json()
    [run] = asked.json()["runs"]
    assert (run["state"], run["trigger"], run["by"]) == ("waiting", "hand", olga.pk)
    assert send(admin, "post", f"{ROOM}sync/", {}).status_code == 409

    stopped = send(admin, "post", f"{ROOM}runs/{run['id']}/cancellation/", {})
    assert (stopped.status_code, stopped.json()["state"]) == (202, "cancelled")
    assert admin.get(f"{ROOM}runs/{run['id']}/").json()["state"] == "cancelled"
    listed = admin.get(f"{ROOM}runs/?result=cancelled").json()["results"]
    assert [each["id"] for each in listed] == [run["id"]]
    assert SyncRun.objects.filter(state="done").exists()


def test_a_sync_of_a_site_that_is_not_there_is_refused(connection, admin):
    response = send(admin, "post", f"{ROOM}sync/", {"site": 999})
    assert [each["field"] for each in response.json()["errors"]] == ["site"]
    assert admin.get(f"{ROOM}runs/?site=999").json()["results"] == []
