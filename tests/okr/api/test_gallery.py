"""Templates through the API: found, begun from, and made from an objective by everybody."""

import pytest
from django.utils import timezone

from okr.library import shipped
from okr.models import Objective, Template
from tests.cast import adopt, make_key_result, make_objective
from tests.okr.api.script import client_of, faults, send

URL = "/api/v1/templates/"
BEGIN = f"{URL}hire-well/objectives/"


def keys(response):
    return [each["key"] for each in response.json()["templates"]]


@pytest.fixture
def own(olga):
    template = Template(title="Our own way", category="people", by=olga, at=timezone.now())
    template.keep()
    return template


def test_the_gallery_is_told_with_the_company_s_own_first(cleo, own):
    told = client_of(cleo).get(URL)
    assert keys(told) == [own.key, *(each.key for each in shipped())]
    assert told.json()["templates"][0]["is_own"]

    narrowed = client_of(cleo).get(f"{URL}?q=outages&category=engineering")
    assert keys(narrowed) == ["calm-operations"]
    assert client_of(cleo).get(f"{URL}?category=nonsense").status_code == 400


def test_one_tells_how_it_would_be_measured(cleo, own):
    told = client_of(cleo).get(f"{URL}calm-operations/").json()

    assert told["key_results"][0].keys() == {"title", "kind", "start", "target", "measured_in"}
    assert not told["is_own"]
    assert client_of(cleo).get(f"{URL}{own.key}/").json()["title"] == "Our own way"


@pytest.mark.parametrize("key", ["nothing", "own-1", "own-x", "own-" + "9" * 40])
def test_one_that_is_not_there_is_not_found(ben, cycle, key):
    client = client_of(ben)

    assert client.get(f"{URL}{key}/").status_code == 404
    begun = send(client, "post", f"{URL}{key}/objectives/", {"cycle": cycle.pk})
    assert begun.status_code == 404


def test_an_objective_begins_with_all_that_the_template_has(ben, cycle):
    made = send(client_of(ben), "post", BEGIN, {"cycle": cycle.pk, "tags": ["Hiring"]})

    assert made.status_code == 201, made.json()
    [template] = [each for each in shipped() if each.key == "hire-well"]
    objective = Objective.objects.get()
    assert made["Location"] == f"/api/v1/objectives/{objective.pk}/"
    assert made.json()["description"] == template.about
    assert (made.json()["title"], made.json()["tags"]) == (template.title, ["Hiring"])
    measured = [(each.title, each.target) for each in objective.key_results.all()]
    assert measured == [(each.title, each.target) for each in template.measures]
    assert {each.owner for each in objective.key_results.all()} == {ben}


def test_what_is_sent_takes_the_place_of_what_the_template_has(ben, cycle):
    rows = [{"title": "Availability", "kind": "stay_above", "target": "99.9"}]
    body = {"cycle": cycle.pk, "title": "Hire calmly", "key_results": rows}
    made = send(client_of(ben), "post", BEGIN, body)

    assert made.json()["title"] == "Hire calmly"
    assert [each.kind for each in Objective.objects.get().key_results.all()] == ["stay_above"]
    bare = send(client_of(ben), "post", BEGIN, body | {"key_results": []})
    assert bare.status_code == 201, bare.json()
    assert not Objective.objects.latest("pk").key_results.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"cycle": 99_999}, "cycle"),
        ({"title": ""}, "title"),
        ({"key_results": [{"title": "Same", "start": 5, "target": 5}]}, "key_results.0.target"),
        ({"key_results": [{"title": "A"}] * 11}, "key_results"),
        ({"owner": 99_999}, "owner"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_begins(ben, cycle, body, field):
    refused = send(client_of(ben), "post", BEGIN, {"cycle": cycle.pk} | body)

    assert refused.status_code in (400, 422), refused.json()
    assert faults(refused) == [field]
    assert not Objective.objects.exists()


def test_nobody_begins_whom_the_policy_does_not_let(ben, cycle):
    adopt(individual_creators="admins")

    assert send(client_of(ben), "post", BEGIN, {"cycle": cycle.pk}).status_code == 403


def test_an_editor_saves_an_objective_as_a_template(ben, cleo, cycle):
    objective = make_objective(ben, cycle, title="Went well", description="Why")
    make_key_result(objective, title="Minutes", kind="number", start=90, target=5)
    url = f"/api/v1/objectives/{objective.pk}/template/"

    assert send(client_of(cleo), "post", url, {"category": "sales"}).status_code == 403
    assert faults(send(client_of(ben), "post", url, {"category": "x"})) == ["category"]
    made = send(client_of(ben), "post", url, {"category": "sales"})
    assert made.status_code == 201, made.json()
    template = Template.objects.get()
    assert (made["Location"], template.by) == (f"{URL}{template.key}/", ben)
    assert client_of(cleo).get(made["Location"]).json() == made.json()
    assert made.json()["key_results"][0]["title"] == "Minutes"


def test_a_confidential_objective_becomes_no_template(ben, olga, cycle):
    objective = make_objective(ben, cycle, visibility="confidential")
    for person in (ben, olga):
        url = f"/api/v1/objectives/{objective.pk}/template/"
        assert send(client_of(person), "post", url, {"category": "sales"}).status_code == 403
    assert not Template.objects.exists()


def test_the_gallery_costs_the_same_for_3_and_for_30(cleo, olga, django_assert_max_num_queries):
    client = client_of(cleo)

    def queries(count):
        rows = [Template(title="Row", category="sales", by=olga, at=timezone.now())] * count
        Template.objects.bulk_create(rows)
        with django_assert_max_num_queries(8) as asked:
            client.get(URL)
        return len(asked)

    queries(0)
    assert queries(3) == queries(27)
