"""Who and what may be chosen, as the pickers of the forms offer it."""

import pytest

from tests.cast import make_key_result, make_objective, make_person, make_unit
from tests.okr.api.script import client_of

PEOPLE, UNITS = "/api/v1/people/", "/api/v1/units/"


def names(response):
    return sorted(each["name"] for each in response.json()["results"])


def titles(response):
    assert response.status_code == 200, response.json()
    return sorted(each["title"] for each in response.json()["results"])


def test_an_owner_is_chosen_from_ones_own_line(ada, ben, cleo, olga):
    assert names(client_of(ben).get(f"{PEOPLE}?among=line")) == ["Ben Okafor"]
    assert names(client_of(ada).get(f"{PEOPLE}?among=line")) == ["Ada Lindqvist", "Ben Okafor"]
    assert names(client_of(ada).get(f"{PEOPLE}?among=line&q=okafor")) == ["Ben Okafor"]
    assert names(client_of(olga).get(f"{PEOPLE}?among=line")) == names(client_of(ben).get(PEOPLE))
    assert client_of(ada).get(f"{PEOPLE}?among=nobody").status_code == 400


def test_a_unit_is_chosen_from_those_that_one_leads(ada, olga):
    make_unit("Sales")

    assert names(client_of(ada).get(f"{UNITS}?among=led")) == ["Platform"]
    assert names(client_of(olga).get(f"{UNITS}?among=led")) == names(client_of(ada).get(UNITS))


@pytest.fixture
def tree(ada, ben, cycle):
    above = make_objective(ada, cycle, title="Above", level="company")
    mine = make_objective(ben, cycle, title="Mine", parent=above)
    make_objective(ben, cycle, title="Below", parent=mine)
    make_objective(ada, cycle, title="Hidden", visibility="confidential")
    return mine


def test_what_it_may_stand_under_and_support_is_neither_itself_nor_below_it(ben, tree):
    url = f"/api/v1/objectives/{tree.pk}/possible"

    assert titles(client_of(ben).get(f"{url}-parents/")) == ["Above"]
    assert titles(client_of(ben).get(f"{url}-supports/")) == ["Above"]
    assert titles(client_of(ben).get(f"{url}-parents/?q=lindqvist")) == ["Above"]
    assert titles(client_of(ben).get(f"{url}-parents/?q=nothing")) == []
    assert titles(client_of(ben).get(f"{url}-parents/?cycle=99999")) == []


def test_only_who_may_change_it_is_told(cleo, tree):
    assert client_of(cleo).get(f"/api/v1/objectives/{tree.pk}/possible-parents/").status_code == 403
    tree.visibility = "confidential"
    tree.keep()
    assert client_of(cleo).get(f"/api/v1/objectives/{tree.pk}/possible-parents/").status_code == 404


def test_the_offer_costs_the_same_for_3_and_for_30(ada, cycle, tree, queries_of):
    url, client = f"/api/v1/objectives/{tree.pk}/possible-parents/", client_of(ada)

    def more(count):
        for row in range(count):
            owner = make_person(f"Row {row} of {count}", reports_to=ada)
            make_objective(owner, cycle, title="Row")
        return queries_of(client, url)

    assert more(3) == more(27)


def test_whom_one_mentions_there_is_whoever_may_see_it(ada, ben, cleo, cycle):
    objective = make_objective(ben, cycle, visibility="confidential")
    url = f"/api/v1/objectives/{objective.pk}/mentionable/"

    told = client_of(ben).get(url).json()["people"]
    assert [(each["id"], each["name"]) for each in told] == [(ada.pk, "Ada Lindqvist")]
    assert client_of(ben).get(f"{url}?q=cleo").json() == {"people": []}
    assert client_of(cleo).get(url).status_code == 404


def test_a_key_result_has_the_same_offer(ada, ben, cleo, cycle):
    key_result = make_key_result(make_objective(ben, cycle))
    url = f"/api/v1/key-results/{key_result.pk}/mentionable/?q=okafor"

    assert [each["id"] for each in client_of(cleo).get(url).json()["people"]] == [ben.pk]
