"""The search through the API: what the page finds, and nothing that is hidden."""

import pytest

from okr import slots
from tests.cast import make_key_result, make_objective
from tests.okr.api.script import client_of, faults

URL = "/api/v1/search/"


def found(person, **asked):
    answer = client_of(person).get(URL, asked)
    assert answer.status_code == 200, answer.json()
    return {group["kind"]: group for group in answer.json()["groups"]}


def test_one_word_finds_objectives_key_results_people_and_units(ben, cleo, cycle):
    objective = make_objective(ben, cycle, title="Platform stays up")
    key_result = make_key_result(objective, title="Platform cost")

    groups = found(cleo, q="platform")

    (hit,) = groups["objectives"]["hits"]
    assert (hit["id"], hit["title"], hit["closed"]) == (objective.pk, "Platform stays up", False)
    assert hit["url"] == f"http://testserver/objectives/{objective.pk}/"
    assert [each["id"] for each in groups["key-results"]["hits"]] == [key_result.pk]
    assert [each["title"] for each in groups["people"]["hits"]] == ["Ada Lindqvist", "Ben Okafor"]
    assert [each["id"] for each in groups["units"]["hits"]] == [ben.unit_id]


def test_what_is_confidential_is_found_by_nobody_else(ben, cleo, cycle):
    hidden = make_objective(ben, cycle, title="Hidden merger", visibility="confidential")
    make_key_result(hidden, title="Hidden price")

    assert set(found(ben, q="hidden")) == {"objectives", "key-results"}
    assert found(cleo, q="hidden") == {}


def test_one_kind_is_asked_for_and_more_of_it(ben, cycle):
    for number in range(7):
        make_objective(ben, cycle, title=f"Platform {number}")

    five = found(ben, q="platform", kind="objectives")
    all_of_it = found(ben, q="platform", kind="objectives", most=7)

    assert set(five) == {"objectives"}
    assert (len(five["objectives"]["hits"]), five["objectives"]["more"]) == (5, True)
    assert (len(all_of_it["objectives"]["hits"]), all_of_it["objectives"]["more"]) == (7, False)


def test_an_integration_adds_hits(cleo):
    def fill(request, words):
        return [slots.Hit("From outside", "/x/", note=" ".join(words), under="Elsewhere")]

    with slots.filled("search.hits", fill):
        group = found(cleo, q="two  words")[""]
        assert "" not in found(cleo, q="two words", kind="people")

    assert (group["name"], group["hits"][0]["note"]) == ("Elsewhere", "two words")


def test_without_words_nothing_is_found(ben):
    assert found(ben) == {}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"q": " "}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "x", "kind": "secrets"}, "kind"),
        ({"q": "x", "most": 101}, "most"),
        ({"q": "x", "page": 2}, "page"),
    ],
)
def test_what_cannot_be_asked_is_named(ben, asked, field):
    refused = client_of(ben).get(URL, asked)

    assert refused.status_code == 400
    assert faults(refused) == [field]


def test_it_costs_the_same_for_3_and_for_30(ben, cycle, django_assert_max_num_queries):
    def more(number):
        for _ in range(number):
            make_key_result(make_objective(ben, cycle, title="Platform"), title="Platform")
        client = client_of(ben)
        with django_assert_max_num_queries(16) as asked:
            assert client.get(f"{URL}?q=platform&most=100").status_code == 200
        return len(asked)

    assert more(3) == more(27)
