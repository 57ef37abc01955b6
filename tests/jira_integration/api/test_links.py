"""Links of a key result through the API: proposed, added, explained, changed and removed."""

from decimal import Decimal

import pytest

from jira_integration.models import IntegrationSettings, JiraLink, LinkKind, SyncRun, Trigger
from okr.models import Person
from tests.jira_integration.stage import link, progress, read
from tests.okr.api.script import client_of, send

ANY = {"If-Match": "*"}


def links_url(key_result, more=""):
    return f"/api/v1/key-results/{key_result.pk}/jira/{more}"


def only_olga(olga):
    IntegrationSettings.load().allow_only(Person.objects.filter(pk=olga.pk))


@pytest.mark.parametrize(
    ("body", "kind", "finds"),
    [
        ({"issue": "DEMO-1"}, "issue", 1),
        ({"jql": "project = DEMO"}, "query", 13),
        ({"address": "{server}/browse/DEMO-8"}, "issue", 1),
    ],
)
def test_one_is_added_and_read(connection, key_result, ben, body, kind, finds):
    body = {name: value.format(server=connection.server) for name, value in body.items()}
    client = client_of(ben)

    foreseen = send(client, "post", links_url(key_result, "links/preview/"), body)
    assert foreseen.status_code == 200, foreseen.json()
    assert not JiraLink.objects.exists()
    made = send(client, "post", links_url(key_result, "links/"), body)

    assert made.status_code == 201, made.json()
    assert (made.json()["kind"], made.json()["by"]) == (kind, ben.pk)
    read()
    told = client.get(made["Location"]).json()
    assert told["finds"] == foreseen.json()["finds"] == finds
    assert Decimal(foreseen.json()["after"]) == progress(key_result)
    again = send(client, "post", links_url(key_result, "links/"), body)
    assert (again.status_code, again.json()["detail"]) == (409, "That is linked already.")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"issue": "DEMO-1", "jql": "project = DEMO"}, ""),
        ({"issue": "demo one"}, "issue"),
        ({"issue": "DEMO-999"}, "issue"),
        ({"jql": "project = NOWHERE"}, "jql"),
        ({"jql": "words and no search", "depth": 1}, "depth"),
        ({"address": "https://elsewhere.example/browse/DEMO-1"}, "address"),
        ({"kept": "board:1"}, "kept"),
        ({"kept": "filter:999"}, "kept"),
        ({"issue": "DEMO-1", "site": 999}, "site"),
        ({"issue": "DEMO-1", "depth": 9}, "depth"),
        ({"issue": "DEMO-1", "owner": 1}, "owner"),
    ],
)
def test_what_cannot_be_linked_is_refused_by_name(connection, key_result, ben, body, field):
    for place in ("links/", "links/preview/"):
        response = send(client_of(ben), "post", links_url(key_result, place), body)

        assert response.status_code in (400, 422), response.json()
        assert field in [each["field"] for each in response.json()["errors"]], response.json()
    assert not JiraLink.objects.exists()
    assert not SyncRun.objects.exists()


def test_the_number_is_explained_issue_by_issue(followed, ben):
    told = client_of(ben).get(links_url(followed, "why/?lines=2")).json()

    assert Decimal(told["progress"]) == Decimal(told["makes"]) == progress(followed)
    assert told["sentence"] == "(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues"
    assert told["counts"] == {"done": 7, "in_progress": 2, "to_do": 4}
    assert [each["counts_as"] for each in told["lines"]] == ["0%", "0%"]
    points = [Decimal(each["contributes"]) for each in told["lines"]]
    assert sum(points) + Decimal(told["rest"]) == Decimal("61.5")


def test_names_of_issues_are_for_those_with_jira_access(followed, ben, cleo, olga):
    only_olga(olga)
    client = client_of(cleo)

    why = client.get(links_url(followed, "why/"))
    listed = client.get(links_url(followed, "links/"))

    assert why.json()["lines"] == []
    assert Decimal(why.json()["rest"]) == Decimal("61.5")
    assert len(listed.json()["results"]) == 13
    for response in (why, listed):
        assert "DEMO-" not in response.content.decode()
    assert client_of(olga, "read").get(links_url(followed, "why/")).json()["lines"]


def test_only_those_with_jira_access_link_and_change(linked, ben, olga):
    only_olga(olga)
    client, one = client_of(ben), linked.jira_links.first()
    for method, url, body in (
        ("post", links_url(linked, "links/"), {"issue": "DEMO-1"}),
        ("post", links_url(linked, "links/preview/"), {"issue": "DEMO-1"}),
        ("get", links_url(linked, "search/?words=clinic"), None),
        ("patch", f"/api/v1/jira/links/{one.pk}/", {"weight": 3}),
        ("post", f"/api/v1/jira/links/{one.pk}/preview/", {"weight": 3}),
    ):
        response = send(client, method, url, body, **ANY)
        assert response.status_code == 403, url
        assert "not turned on for your account" in response.json()["detail"]
    gone = send(client, "delete", f"/api/v1/jira/links/{one.pk}/", **ANY)
    assert gone.status_code == 204


def test_a_weight_is_tried_out_and_then_given(linked, ben):
    client, one = client_of(ben), linked.jira_links.get(issue__key="DEMO-8")
    url = f"/api/v1/jira/links/{one.pk}/"

    foreseen = send(client, "post", f"{url}preview/", {"weight": 3}).json()
    assert (foreseen["progress"], foreseen["after"]) == ("25.0000", "37.5000")
    one.refresh_from_db()
    assert one.weight == 1

    tag = client.get(url)["ETag"]
    assert send(client, "patch", url, {"weight": 3}).status_code == 428
    weighed = send(client, "patch", url, {"weight": 3}, **{"If-Match": tag})
    assert (weighed.status_code, weighed.json()["weight"]) == (200, 3)
    stale = send(client, "patch", url, {"weight": 4}, **{"If-Match": tag})
    assert stale.status_code == 412
    read(trigger=Trigger.MEASURE)
    assert progress(linked) == Decimal("37.5")


def test_a_search_is_changed_into_another(connection, key_result, ben):
    [query] = link(key_result, jql="project = DEMO")
    read()
    client, url = client_of(ben), f"/api/v1/jira/links/{query.pk}/"
    other = {"jql": "project = DEMO AND statusCategory = Done"}

    foreseen = send(client, "post", f"{url}preview/", other).json()
    assert (foreseen["after"], foreseen["finds"]) == ("100.0000", 7)
    refused = send(client, "patch", url, {"jql": "project = NOWHERE"}, **ANY)
    assert [each["field"] for each in refused.json()["errors"]] == ["jql"]
    assert send(client, "patch", url, other, **ANY).json()["jql"] == other["jql"]
    read()
    assert progress(key_result) == 100


def test_only_what_was_linked_by_jql_is_searched_otherwise(linked, ben):
    url = f"/api/v1/jira/links/{linked.jira_links.first().pk}/"
    response = send(client_of(ben), "patch", url, {"jql": "project = DEMO"}, **ANY)
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["jql"]


def test_the_last_link_removed_the_number_is_a_persons_again(linked, ben):
    client = client_of(ben)
    for one in linked.jira_links.all():
        assert send(client, "delete", f"/api/v1/jira/links/{one.pk}/", **ANY).status_code == 204

    standing = client.get(links_url(linked)).json()
    assert (standing["follows"], standing["links"]) == (False, 0)
    linked.refresh_from_db()
    assert linked.tracked_by == ""


def test_words_find_what_to_link(connection, key_result, ben):
    told = client_of(ben).get(links_url(key_result, "search/?words=clinic")).json()
    assert told["fault"] == ""
    assert all(each["key"].startswith("DEMO-") for each in told["issues"])
    nowhere = client_of(ben).get(links_url(key_result, "search/?words=clinic&site=999")).json()
    assert (nowhere["issues"], nowhere["fault"]) == ([], "There is no such site.")


def test_jira_is_read_now_once_at_a_time(linked, ben):
    client = client_of(ben)
    asked = send(client, "post", links_url(linked, "sync/"), {})
    assert (asked.status_code, asked.json()["reading"]) == (202, True)
    assert SyncRun.objects.filter(trigger=Trigger.HAND, key_result=linked, by=ben).count() == 1
    assert send(client, "post", links_url(linked, "sync/"), {}).status_code == 409


def test_what_is_below_an_issue_counts_where_a_depth_is_said(connection, key_result, ben):
    made = send(
        client_of(ben), "post", links_url(key_result, "links/"), {"issue": "DEMO-1", "depth": 0}
    )
    assert made.status_code == 201, made.json()
    link = JiraLink.objects.get()
    assert (link.kind, link.depth) == (LinkKind.CHILDREN, 0)
