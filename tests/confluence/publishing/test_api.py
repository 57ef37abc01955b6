"""Scripts publish in Confluence by the rules of the pages, and never over somebody else."""

import pytest

from confluence.models import ConfluenceSettings, PublishedPage, PublishingSpace
from okr.models import AuditEntry
from tests.cast import make_objective
from tests.confluence.publishing.stage import connect
from tests.okr.api.script import client_of, faults, send

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/confluence/published/"


@pytest.fixture
def wanted(ada, cycle, space, objective):
    return {"subject": "okrs", "cycle": cycle.pk, "unit": ada.unit_id, "space": space.pk}


@pytest.fixture
def lead(ada):
    return client_of(ada)


@pytest.fixture
def made(lead, wanted):
    return send(lead, "post", PLACE, wanted).json()


def test_a_page_is_published_and_told(lead, wanted, space, wiki, ada):
    response = send(lead, "post", PLACE, wanted)

    told = response.json()
    assert response.status_code == 201, told
    assert (told["title"], told["version"], told["by"]) == ("Platform: OKRs Autumn", 1, ada.pk)
    assert wiki.titled(told["title"], space.key).id == str(told["number"])
    again = lead.get(response["Location"]).json()
    assert (again["id"], again["changed"], again["failure"]) == (told["id"], False, "")
    assert [each["id"] for each in lead.get(f"{PLACE}?cycle={wanted['cycle']}").json()["results"]]


def test_the_same_key_publishes_once(lead, wanted, space, wiki):
    first = send(lead, "post", PLACE, wanted, **{"Idempotency-Key": "k"})
    second = send(lead, "post", PLACE, wanted, **{"Idempotency-Key": "k"})

    assert first.json()["number"] == second.json()["number"]
    assert wiki.page(first.json()["number"]).version == 1


def test_what_somebody_saved_is_replaced_only_by_its_number(lead, made, wiki):
    place = f"{PLACE}{made['id']}/publications/"
    wiki.amend(made["number"], body="<p>By hand</p>")

    refused = send(lead, "post", place, {})
    replaced = send(lead, "post", place, {"over": 2})

    assert refused.status_code == 409
    assert "Nothing was overwritten." in refused.json()["detail"]
    assert (replaced.status_code, replaced.json()["over"]) == (201, 2)
    history = lead.get(place).json()["results"]
    assert [(each["version"], each["over"]) for each in history] == [(3, 2), (1, 0)]


def test_a_second_page_is_made_only_instead_of_the_first(lead, wanted, made, wiki, space):
    without = send(lead, "post", PLACE, wanted | {"title": "Another"})
    instead = send(lead, "post", PLACE, wanted | {"title": "Another", "instead": made["number"]})

    assert without.status_code == 422
    assert instead.status_code == 201
    assert instead.json()["number"] != made["number"]


@pytest.mark.parametrize(
    ("field", "value"), [("space", 999_999), ("cycle", 999_999), ("unit", 999_999)]
)
def test_what_is_not_there_is_refused_by_its_field(lead, wanted, field, value):
    response = send(lead, "post", PLACE, wanted | {field: value})

    assert [each["field"] for each in response.json()["errors"]] == [field]


def test_others_publish_nothing_and_see_nothing(ben, lead, wanted, made):
    other = client_of(ben)

    assert send(other, "post", PLACE, wanted).status_code == 403
    assert send(lead, "post", PLACE, wanted | {"unit": None}).status_code == 403
    assert other.get(PLACE).json()["results"] == []
    assert other.get(f"{PLACE}{made['id']}/").status_code == 404
    assert send(other, "post", f"{PLACE}{made['id']}/publications/", {}).status_code == 404
    assert other.get("/api/v1/confluence/spaces/").json()["results"] == []


def test_a_token_that_only_reads_publishes_nothing(ada, wanted):
    assert send(client_of(ada, "read"), "post", PLACE, wanted).status_code == 403


def test_nothing_is_published_while_that_is_off(lead, made, wiki):
    ConfluenceSettings.load().switch("publishing", on=False)
    wiki.forget_calls()

    assert send(lead, "post", f"{PLACE}{made['id']}/publications/", {}).status_code == 403
    assert not wiki.calls


def test_the_preview_is_what_would_be_sent(lead, ada, cycle, wanted, wiki):
    make_objective(ada, cycle, title="Secret plan", visibility="confidential")
    wiki.forget_calls()

    place = f"/api/v1/confluence/preview/okrs/{cycle.pk}/units/{ada.unit_id}/"
    seen = lead.get(place).json()

    assert "Clinics stay online" in seen["body"]
    assert "Secret" not in seen["body"]
    assert seen["withheld"] == "1 confidential"
    assert not wiki.calls


def test_an_admin_chooses_the_spaces(olga, ada, space, wiki):
    place = f"/api/v1/confluence/connections/{space.connection_id}/spaces/"
    admin = client_of(olga, "read", "write", "admin")
    told = admin.get(place)
    number = told.json()["offered"][-1]["number"]

    changed = send(admin, "patch", place, {"spaces": [number]}, **{"If-Match": told["ETag"]})
    wrong = send(admin, "patch", place, {"spaces": [1]}, **{"If-Match": changed["ETag"]})

    assert changed.json()["spaces"] == [number]
    assert faults(wrong)
    assert AuditEntry.objects.filter(action="confluence.spaces", by=olga).count() == 1
    assert [each.number for each in PublishingSpace.objects.all()] == [number]


def test_publishing_is_not_switched_on_for_a_token_that_only_reads(olga, wiki):
    connect(wiki, token=wiki.page_token, api_base=wiki.gateway)
    ConfluenceSettings.load().switch("publishing", on=False)
    admin, place = client_of(olga, "read", "write", "admin"), "/api/v1/confluence/switches/"
    tag = admin.get(place)["ETag"]

    response = send(admin, "patch", place, {"publishing": True}, **{"If-Match": tag})

    assert response.status_code == 422
    assert "write:page:confluence" in response.json()["errors"][0]["message"]
    assert not PublishedPage.objects.exists()


def test_no_answer_tells_the_token(lead, wanted, made, cycle, ada, wiki):
    wiki.fault("403", path=wiki.page_at, method="PUT", times=1)
    one, unit = f"{PLACE}{made['id']}/", f"okrs/{cycle.pk}/units/{ada.unit_id}/"
    answers = [
        send(lead, "post", PLACE, wanted),
        send(lead, "post", f"{one}publications/", {}),
        *(lead.get(each) for each in (PLACE, one, f"{one}publications/")),
        lead.get(f"/api/v1/confluence/preview/{unit}"),
    ]

    assert all(wiki.token not in each.content.decode() for each in answers)
    kept = [*PublishedPage.objects.values(), *AuditEntry.objects.values()]
    assert wiki.token not in str(kept)
