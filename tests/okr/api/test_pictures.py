"""The pictures of the pages through the API: the tree, an objective's parts, the dashboard."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import Objective, Unit
from okr.models.assignment import assign
from tests.cast import make_cycle, make_key_result, make_objective, make_unit
from tests.okr.api.script import client_of

ALIGNMENT = "/api/v1/alignment/"


def told(person, url, **asked):
    answer = client_of(person).get(url, asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def branches(person, **asked):
    return {each["title"]: each for each in told(person, ALIGNMENT, **asked)["results"]}


def test_the_tree_tells_what_is_above_each_and_how_it_counts(ada, ben, cycle):
    top = make_objective(ada, cycle, title="Top")
    counts = make_objective(ben, cycle, title="Counts", parent=top)
    make_objective(ben, cycle, title="Shown", parent=top, weight=0)
    counts.supports.add(top)
    make_key_result(counts, at="40")
    key_result = make_key_result(top)
    assign(key_result, Objective(owner=ben, title="Assigned"))

    found = branches(ben)

    ties = {title: (each["parent"], each["tie"]) for title, each in found.items()}
    assert ties == {
        "Top": (None, None),
        "Counts": (top.pk, "counts"),
        "Shown": (top.pk, "shown"),
        "Assigned": (top.pk, "assigned"),
    }
    assert (found["Counts"]["supports"], found["Counts"]["opens"]) == ([top.pk], False)
    assert (found["Counts"]["confidence"], found["Counts"]["key_results"]) == ("on_track", 1)
    assert found["Top"]["opens"]


def test_the_tree_is_read_branch_by_branch(ada, ben, cycle):
    top = make_objective(ada, cycle, title="Top")
    make_objective(ben, cycle, title="Below", parent=top)

    assert set(branches(ben, top="true")) == {"Top"}
    assert set(branches(ben, parent=top.pk)) == {"Below"}
    assert set(branches(ben, top="false")) == {"Below"}


def test_what_stands_under_something_hidden_is_at_the_top(ben, cleo, cycle):
    hidden = make_objective(ben, cycle, title="Hidden", visibility="confidential")
    below = make_objective(ben, cycle, title="Below", parent=hidden)
    below.supports.add(hidden)

    (seen,) = branches(cleo, top="true").values()
    standing = told(cleo, f"/api/v1/objectives/{below.pk}/standing/")

    assert (seen["title"], seen["parent"], seen["tie"], seen["supports"]) == (
        "Below",
        None,
        None,
        [],
    )
    assert (standing["above"], standing["supports"]) == ([], [])
    assert branches(cleo, parent=hidden.pk) == {}


def test_the_current_cycle_is_told_unless_another_is_asked_for(ben, cycle):
    first = cycle.ends_on + timedelta(days=1)
    later = make_cycle("Winter", starts_on=first, ends_on=first + timedelta(days=90))
    make_objective(ben, cycle, title="Now")
    make_objective(ben, later, title="Later")

    assert set(branches(ben)) == {"Now"}
    assert set(branches(ben, cycle=later.pk)) == {"Later"}


def test_before_there_is_a_cycle_the_tree_is_empty(ben):
    assert branches(ben) == {}


def test_an_objective_says_what_its_number_is_made_of(ada, ben, cycle):
    top = make_objective(ada, cycle, title="Top")
    objective = make_objective(ben, cycle, parent=top)
    counted = make_key_result(objective, at="40", weight=3)
    make_key_result(objective, at="80", title="Second")

    found = told(ben, f"/api/v1/objectives/{objective.pk}/standing/")

    parts = {each["key_result"]: (each["share"], each["points"]) for each in found["parts"]}
    assert parts[counted.pk] == ("75.0000", "30.0")
    assert (found["progress"], found["total"]) == ("50.0000", "50.0")
    assert found["above"] == [{"id": top.pk, "title": "Top", "cycle": cycle.pk}]
    assert (found["may_edit"], found["may_review"]) == (True, False)
    assert told(ada, f"/api/v1/objectives/{objective.pk}/standing/")["may_review"]


def test_hidden_parts_count_as_one_without_a_name(ben, cleo, cycle):
    top = make_objective(ben, cycle, title="Top", visibility="confidential", viewers=[cleo])
    hidden = make_objective(ben, cycle, title="Hidden", parent=top, visibility="confidential")
    make_key_result(hidden, at="40")

    (part,) = told(cleo, f"/api/v1/objectives/{top.pk}/standing/")["parts"]

    assert (part["objective"], part["key_result"], part["weight"]) == (None, None, None)
    assert (part["title"], part["points"]) == ("Parts that are not shown to you", "40.0")


def test_my_okrs_are_my_own_and_what_i_have_in_those_of_others(ada, ben, cycle):
    own = make_objective(ben, cycle, title="Own")
    make_key_result(own, at="40")
    theirs = make_objective(ada, cycle, title="Theirs")
    make_key_result(theirs, owner=ben, title="Mine in it")
    make_key_result(theirs, title="Not mine")

    found = told(ben, f"/api/v1/cycles/{cycle.pk}/mine/")

    (card,), (other,) = found["objectives"], found["elsewhere"]
    assert (card["id"], card["confidence"], card["progress"]) == (own.pk, "on_track", "40.0000")
    assert [each["title"] for each in other["key_results"]] == ["Mine in it"]
    assert (found["total"], found["on_track"], found["waiting"]) == (2, 1, 1)
    assert client_of(ben).get("/api/v1/cycles/99999/mine/").status_code == 404


def test_the_dashboard_tells_each_week_against_the_pace(ada, ben, cleo, cycle):
    own = make_objective(ada, cycle, level="unit", unit=ada.unit)
    key_result = make_key_result(own)
    for weeks, value in ((6, 20), (2, 40)):
        at = timezone.now() - timedelta(weeks=weeks)
        key_result.check_in(by=ada, at=at, confidence="at_risk", value=Decimal(value))
    type(own).objects.update(created_at=timezone.now() - timedelta(weeks=20))
    type(key_result).objects.update(created_at=timezone.now() - timedelta(weeks=20))

    url = f"/api/v1/cycles/{cycle.pk}/dashboard/"
    found = told(cleo, url, unit=ada.unit_id)

    assert [each["progress"] for each in found["weeks"]] == ["20.0000"] * 4 + ["40.0000"] * 3
    assert [each["week"] for each in found["weeks"]] == [1, 2, 3, 4, 5, 6, 7]
    assert (found["name"], found["counts"]["at_risk"], found["counts"]["total"]) == (
        "Platform",
        1,
        1,
    )
    last = found["weeks"][-1]
    assert last["ahead"] == round(Decimal(last["progress"])) - round(Decimal(last["expected"]))
    (heat,) = [each for each in found["units"] if each["unit"] == ada.unit_id]
    assert heat["weeks"][-1]["ahead"] == last["ahead"]
    assert heat["weeks"][-1]["stands"] == "on pace"


def test_the_dashboard_is_of_the_company_unless_a_unit_is_asked_for(ben, cycle):
    url = f"/api/v1/cycles/{cycle.pk}/dashboard/"
    client = client_of(ben)

    found = client.get(url).json()
    assert (found["name"], found["unit"], found["progress"]) == ("Company", None, None)
    assert client.get(url, {"unit": 99_999}).status_code == 404
    assert client.get("/api/v1/cycles/99999/dashboard/").status_code == 404


def test_each_costs_the_same_for_3_and_for_30(ada, ben, cycle, queries_of):
    top = make_objective(ben, cycle, title="Top")
    others = [f"cycles/{cycle.pk}/mine/", f"cycles/{cycle.pk}/dashboard/"]
    urls = [f"/api/v1/{each}" for each in (*others, f"objectives/{top.pk}/standing/")]

    def more(number):
        for row in range(number):
            make_key_result(make_objective(ben, cycle, title=f"Row {row}", parent=top), at="5")
            make_key_result(top, at="5")
            make_unit(f"Unit {number} {row}", parent=Unit.objects.get(pk=ben.unit_id))
        costs = [queries_of(client_of(ben), ALIGNMENT)]
        for url in urls:
            client = client_of(ben)
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            costs.append(len(asked))
        return costs

    assert more(3) == more(12)
