"""How a number is made, and its time before Jira, through the API."""

from decimal import Decimal

import pytest

from jira_integration.models import Reconstruction, SyncRun, Trigger
from tests.jira_integration.stage import progress, read
from tests.okr.api.script import client_of, send

ANY = {"If-Match": "*"}


def url(key_result, more):
    return f"/api/v1/key-results/{key_result.pk}/jira/{more}"


def test_a_measure_is_tried_out_and_then_chosen(followed, ben):
    client = client_of(ben)
    assert client.get(url(followed, "measure/")).json()["measure"] == "mean"

    tried = send(client, "post", url(followed, "measure/preview/"), {"measure": "share"}).json()
    assert progress(followed) == Decimal(tried["progress"])
    tag = client.get(url(followed, "measure/"))["ETag"]
    body = {"measure": "share"}
    chosen = send(client, "patch", url(followed, "measure/"), body, **{"If-Match": tag})
    assert (chosen.status_code, chosen.json()["sentence"]) == (200, "Share of Done")
    stale = send(client, "patch", url(followed, "measure/"), body, **{"If-Match": tag})
    assert stale.status_code == 412
    read(trigger=Trigger.MEASURE)
    assert progress(followed) == Decimal(tried["after"]) == Decimal("53.8462")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"measure": "guess"}, "measure"),
        ({"measure": "sum"}, "measure"),
        ({"without": "zero"}, "without"),
        ({"fields": [{"site": 999, "field": "customfield_1"}]}, "fields"),
        ({"fields": [{"site": "first", "field": ""}]}, "fields.0.site"),
    ],
)
def test_what_cannot_be_measured_is_refused_by_name(followed, ben, body, field):
    for method, place in (("patch", "measure/"), ("post", "measure/preview/")):
        response = send(client_of(ben), method, url(followed, place), body, **ANY)
        assert response.status_code in (400, 422), response.json()
        assert field in [each["field"] for each in response.json()["errors"]], response.json()


def test_issues_are_weighed_by_a_field_that_the_site_offers(followed, ben):
    client = client_of(ben)
    offered = client.get(url(followed, "measure/")).json()["offered"]
    fields = [{name: offered[0][name] for name in ("site", "field")}]

    chosen = send(client, "patch", url(followed, "measure/"), {"fields": fields}, **ANY)
    assert chosen.json()["fields"] == fields
    nothing = [fields[0] | {"field": ""}]
    cleared = send(client, "patch", url(followed, "measure/"), {"fields": nothing}, **ANY)
    assert cleared.json()["fields"] == []


def test_the_time_before_is_asked_for_drawn_and_taken_away(followed, ben):
    client = client_of(ben)
    asked = send(client, "post", url(followed, "history/"), {})
    assert (asked.status_code, asked.json()["reading"]) == (202, True)
    assert SyncRun.objects.filter(trigger=Trigger.HISTORY, key_result=followed).exists()
    read(followed, Trigger.HISTORY)

    told = client.get(url(followed, "history/")).json()
    assert told["drawn"] is True
    assert told["sentence"]
    assert all(set(each) == {"at", "progress"} for each in told["points"])
    assert send(client, "delete", url(followed, "history/")).status_code == 204
    assert not Reconstruction.objects.exists()


def test_without_links_there_is_no_time_before(connection, key_result, ben):
    assert send(client_of(ben), "post", url(key_result, "history/"), {}).status_code == 409
