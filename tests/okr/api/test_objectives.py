"""Objectives through the API: the same rows and rules as on the pages."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.models import ApiToken, Objective, Person
from tests.cast import make_objective
from tests.okr.api.script import client_of, send

URL = "/api/v1/objectives/"


@pytest.fixture
def objective(ben, cycle):
    return make_objective(ben, cycle, title="Clinics set up by themselves")


def test_nobody_reads_without_a_token(objective):
    response = Client().get(URL)

    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response["WWW-Authenticate"] == "Bearer"
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_no_cache_keeps_an_answer_or_a_refusal(ben, objective):
    for client in (client_of(ben), Client()):
        assert client.get(URL)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("end", ["revoked", "ended", "left"])
def test_a_token_that_is_over_opens_nothing(ben, objective, end):
    client = client_of(ben)
    token = ApiToken.objects.get()
    assert client.get(URL).status_code == HTTPStatus.OK

    if end == "revoked":
        token.revoke(timezone.now())
    elif end == "ended":
        ApiToken.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    else:
        Person.objects.filter(pk=ben.pk).update(is_active=False)

    assert client.get(URL).status_code == HTTPStatus.UNAUTHORIZED


def test_a_token_is_kept_as_a_digest_and_its_use_is_noted_once_a_minute(ben, objective):
    client = client_of(ben)
    client.get(URL)
    first = ApiToken.objects.get().used_at
    client.get(URL)

    assert first is not None
    assert ApiToken.objects.get().used_at == first
    secret = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer plb_")
    assert secret not in str(ApiToken.objects.values().get())


def test_a_list_holds_what_its_person_may_see(ben, cleo, cycle, objective):
    hidden = make_objective(ben, cycle, title="Nobody else", visibility="confidential")

    titles = [each["title"] for each in client_of(cleo).get(URL).json()["results"]]

    assert titles == [objective.title]
    assert client_of(cleo).get(f"{URL}{hidden.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_a_hidden_parent_is_not_named(ben, cleo, cycle):
    above = make_objective(ben, cycle, title="Above", visibility="confidential")
    below = make_objective(ben, cycle, title="Below", parent=above)

    assert client_of(ben).get(f"{URL}{below.pk}/").json()["parent"] == above.pk
    assert client_of(cleo).get(f"{URL}{below.pk}/").json()["parent"] is None


def test_a_list_costs_the_same_for_3_and_for_30(ben, cycle, django_assert_max_num_queries):
    client = client_of(ben)

    def queries(number):
        for row in range(number):
            make_objective(ben, cycle, title=f"Row {row}")
        with django_assert_max_num_queries(8) as asked:
            client.get(f"{URL}?limit=100")
        return len(asked)

    queries(3)
    assert queries(0) == queries(27)


def test_only_the_fields_that_were_asked_for_are_told(ben, objective):
    client = client_of(ben)

    assert client.get(f"{URL}?fields=id,title").json()["results"] == [
        {"id": objective.pk, "title": objective.title}
    ]
    for unknown in ("secret", "", "id,", "id, title"):
        answer = client.get(f"{URL}?fields={unknown}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "fields"


def test_pages_follow_a_cursor(ben, cycle):
    for row in range(3):
        make_objective(ben, cycle, title=f"Row {row}")
    client = client_of(ben)

    first = client.get(f"{URL}?limit=2").json()
    second = client.get(first["next"]).json()

    titles = [each["title"] for each in (*first["results"], *second["results"])]
    assert titles == ["Row 0", "Row 1", "Row 2"]
    assert second["next"] is None


def test_an_objective_is_made_with_the_rules_of_the_form(ben, cycle):
    response = send(
        client_of(ben), "post", URL, {"title": "Calls end", "cycle": cycle.pk, "tags": ["care"]}
    )

    assert response.status_code == HTTPStatus.CREATED, response.json()
    made = Objective.objects.get()
    assert (made.title, made.owner, made.level) == ("Calls end", ben, "individual")
    assert response["Location"] == f"{URL}{made.pk}/"
    assert response["ETag"] == f'"{made.version}"'
    assert response.json()["tags"] == ["care"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "title"),
        ({"title": "A", "cycle": 0}, 400, "cycle"),
        ({"title": "A", "cycle": 999_999}, 422, "cycle"),
        ({"title": "A", "cycle": 1, "progress": 100}, 400, "progress"),
        ({"title": ["A"], "cycle": 1}, 400, "title"),
        ([], 400, ""),
    ],
)
def test_what_cannot_be_taken_names_its_field(ben, cycle, body, status, field):
    response = send(client_of(ben), "post", URL, body)

    assert response.status_code == status, response.json()
    assert field in [each["field"] for each in response.json().get("errors", [{"field": ""}])]
    assert not Objective.objects.exists()


def test_a_change_names_the_version_that_was_read(ben, objective):
    client, url = client_of(ben), f"{URL}{objective.pk}/"
    tag = client.get(url)["ETag"]

    assert send(client, "patch", url, {"title": "A"}).status_code == 428
    changed = send(client, "patch", url, {"title": "B"}, **{"If-Match": tag})
    assert changed.status_code == HTTPStatus.OK, changed.json()
    assert send(client, "patch", url, {"title": "C"}, **{"If-Match": tag}).status_code == 412

    objective.refresh_from_db()
    assert objective.title == "B"
    assert objective.owner == ben


def test_what_a_change_leaves_out_stays(ben, cleo, cycle, objective):
    other = make_objective(ben, cycle, title="Helped")
    client, url = client_of(ben), f"{URL}{objective.pk}/"
    whole = {"supports": [other.pk], "tags": ["care"], "weight": "2.5", "description": "Why"}
    assert send(client, "patch", url, whole, **{"If-Match": "*"}).status_code == 200

    assert send(client, "patch", url, {"title": "New"}, **{"If-Match": "*"}).status_code == 200

    objective.refresh_from_db()
    assert list(objective.supports.all()) == [other]
    assert [tag.name for tag in objective.tags.all()] == ["care"]
    assert (str(objective.weight), objective.description) == ("2.50", "Why")


@pytest.mark.parametrize(
    ("scopes", "method", "missing"), [(["read"], "post", "write"), (["write"], "get", "read")]
)
def test_a_token_without_the_scope_is_told_which(ben, cycle, scopes, method, missing):
    response = send(client_of(ben, *scopes), method, URL, None if method == "get" else {})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert missing in response.json()["detail"]


def test_somebody_elses_objective_is_seen_and_not_changed(cleo, objective):
    client, url = client_of(cleo), f"{URL}{objective.pk}/"

    assert send(client, "patch", url, {"title": "X"}, **{"If-Match": "*"}).status_code == 403
    assert send(client, "delete", url, **{"If-Match": "*"}).status_code == 403
    assert Objective.objects.get().title == objective.title


def test_a_deleted_objective_is_gone(ben, objective):
    url = f"{URL}{objective.pk}/"

    assert send(client_of(ben), "delete", url, **{"If-Match": "*"}).status_code == 204
    assert client_of(ben).get(url).status_code == HTTPStatus.NOT_FOUND


def test_a_session_counts_as_its_person_and_is_guarded_against_other_sites(ben, cycle):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)

    assert client.get(URL).status_code == HTTPStatus.OK
    refused = send(client, "post", URL, {"title": "A", "cycle": cycle.pk})
    assert refused.status_code == HTTPStatus.FORBIDDEN


def test_what_is_sent_twice_with_a_key_is_made_once(ben, cycle):
    client, body = client_of(ben), {"title": "Calls end", "cycle": cycle.pk}
    key = {"Idempotency-Key": "a-1"}

    first = send(client, "post", URL, body, **key)
    second = send(client, "post", URL, body, **key)

    assert Objective.objects.count() == 1
    assert second.json() == first.json()
    assert (second.status_code, second["Location"], second["ETag"]) == (
        *(first.status_code, first["Location"]),
        first["ETag"],
    )
    assert second["Idempotent-Replayed"] == "true"
    assert send(client, "post", URL, body | {"title": "Other"}, **key).status_code == 422
    assert Objective.objects.count() == 1


def test_a_key_belongs_to_its_person_and_what_was_refused_may_be_sent_again(ben, cleo, cycle):
    body, key = {"title": "Calls end", "cycle": cycle.pk}, {"Idempotency-Key": "a-1"}
    assert send(client_of(ben), "post", URL, {}, **key).status_code == 400

    assert send(client_of(ben), "post", URL, body, **key).status_code == 201
    assert send(client_of(cleo), "post", URL, body, **key).status_code == 201
    assert Objective.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 101, "a\tb"])
def test_a_key_that_is_none_is_refused(ben, cycle, key):
    body = {"title": "Calls end", "cycle": cycle.pk}

    assert send(client_of(ben), "post", URL, body, **{"Idempotency-Key": key}).status_code == 400
    assert not Objective.objects.exists()


def test_who_asks_too_often_is_told_when_to_come_back(ben, cleo, objective, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    client = client_of(ben)

    with time_machine.travel(timezone.now(), tick=False):
        answers = [client.get(URL) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["title"] == "Too Many Requests"
    assert client_of(cleo).get(URL).status_code == HTTPStatus.OK
