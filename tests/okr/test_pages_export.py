"""What a list gives as a file: the same rows as the page, all of them, for the same reader."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from okr.models import Level, Visibility
from tests.cast import make_key_result, make_objective, signed_in

pytestmark = pytest.mark.django_db


def taken(person, address):
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


@pytest.fixture
def tree(ada, ben, olga, cycle):
    top = make_objective(olga, cycle, title="Patients are seen", level=Level.COMPANY, weight=3)
    leaf = make_objective(ben, cycle, title="Failover is boring", parent=top)
    make_key_result(leaf, title="Minutes down", kind="number", measured_in="minutes", at="40")
    make_key_result(leaf, title="=HYPERLINK(1)", weight="0.5")
    return top, leaf


def test_the_list_has_a_row_for_each_key_result(cleo, tree):
    first, second, third = taken(cleo, "/company/?format=csv")
    assert first["objective"] == "Patients are seen"
    assert (first["weight"], first["key_result"]) == ("3", "")
    assert second | {"checked_in_on": ""} == {
        "objective": "Failover is boring",
        "level": "individual",
        "unit": "",
        "owner_email": "ben.okafor@larkspur.example",
        "parent": "Patients are seen",
        "weight": "1",
        "visibility": "public",
        "tags": "",
        "key_result": "Minutes down",
        "kr_owner_email": "ben.okafor@larkspur.example",
        "kind": "number",
        "start": "0",
        "target": "100",
        "current": "40",
        "measured_in": "minutes",
        "kr_weight": "1",
        "objective_progress": "26.6667",
        "progress": "40",
        "confidence": "on_track",
        "checked_in_on": "",
        "score": "",
    }
    assert second["checked_in_on"] == timezone.localdate().isoformat()
    assert third["key_result"] == "'=HYPERLINK(1)"


def test_the_file_follows_the_filters_and_not_the_page(cleo, ben, tree, cycle):
    for number in range(60):
        make_objective(ben, cycle, title=f"Row {number}")
    assert len(taken(cleo, "/company/?format=csv&q=row&page=2")) == 60
    assert len(taken(cleo, "/company/?format=csv&q=failover")) == 2
    assert taken(cleo, "/company/?format=csv&confidence=off_track") == []


def test_nothing_confidential_is_taken_away_by_somebody_else(ben, cleo, olga, tree, cycle):
    hidden = make_objective(
        ben, cycle, title="Hidden plan", visibility=Visibility.CONFIDENTIAL, parent=tree[0]
    )
    make_key_result(hidden, title="Hidden number")
    make_objective(cleo, cycle, title="Below it", parent=hidden)
    everything = signed_in(cleo).get("/company/?format=csv").getvalue().decode()
    assert "Below it" in everything
    assert "Hidden" not in everything
    assert "Hidden number" in signed_in(olga).get("/company/?format=csv").getvalue().decode()
    assert (
        signed_in(cleo).get(f"/key-results/{hidden.key_results.get().pk}/?format=csv").status_code
        == 404
    )


def test_a_spreadsheet_of_the_list_holds_the_same(cleo, tree):
    answer = signed_in(cleo).get("/company/?format=xlsx")
    page = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    head, *rows = page.iter_rows(values_only=True)
    assert [row[head.index("key_result")] for row in rows] == [
        None,
        "Minutes down",
        "=HYPERLINK(1)",
    ]
    assert rows[1][head.index("current")] == 40


def test_my_list_holds_what_i_own_and_my_part_in_objectives_of_others(ada, ben, cleo, cycle):
    mine = make_objective(ben, cycle, title="Mine")
    make_key_result(mine, owner=ada, title="By another")
    other = make_objective(ada, cycle, title="Ada's")
    make_key_result(other, owner=ben, title="My part")
    make_key_result(other, title="Her part")
    rows = taken(ben, "/my/?format=csv")
    assert [(row["objective"], row["key_result"]) for row in rows] == [
        ("Mine", "By another"),
        ("Ada's", "My part"),
    ]
    assert taken(cleo, "/my/?format=csv") == []


def test_the_history_tells_every_value_and_judgement_in_order(ben, cleo, cycle):
    key_result = make_key_result(make_objective(ben, cycle), at="40")
    key_result.check_in(by=ben, at=timezone.now(), confidence="at_risk", note="Slower, =sadly")
    rows = taken(cleo, f"/key-results/{key_result.pk}/?format=csv")
    assert [(row["value"], row["source"], row["by"], row["confidence"]) for row in rows] == [
        ("40", "By hand", "Ben Okafor", "on_track"),
        ("", "", "Ben Okafor", "at_risk"),
    ]
    assert rows[1]["note"] == "Slower, =sadly"


def test_the_file_costs_the_same_for_three_and_three_hundred_rows(
    ada, cycle, django_assert_max_num_queries
):
    def queries(count):
        for _ in range(count):
            make_key_result(make_objective(ada, cycle, title="Row"))
        with django_assert_max_num_queries(8) as asked:
            client.get("/company/?format=csv").getvalue()
        return len(asked)

    client = signed_in(ada)
    assert queries(3) == queries(97)


def test_teams_and_a_team_give_what_their_pages_show(ada, ben, cleo, tree, cycle):
    hidden = make_objective(ben, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_key_result(hidden, title="Hidden number")
    [team] = [row for row in taken(cleo, "/teams/?format=csv") if row["team"] == "Platform"]
    assert (team["people"], team["objectives"]) == ("2", "1")
    rows = taken(cleo, "/teams/platform/?format=csv")
    assert [row["key_result"] for row in rows] == ["Minutes down", "'=HYPERLINK(1)"]
    kept = taken(cleo, "/teams/platform/?format=csv&show=on_track")
    assert [row["key_result"] for row in kept] == ["Minutes down"]
    theirs = taken(ada, "/teams/platform/?format=csv")
    assert "Hidden number" in [row["key_result"] for row in theirs]


def test_a_review_gives_scores_and_what_was_said(ada, ben, cleo, tree, cycle):
    _, leaf = tree
    make_objective(ben, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    now = timezone.now()
    judged = {"by": ben, "at": now, "score": Decimal("0.7"), "outcome": "close"}
    leaf.close(retrospective="=Learned", **judged)
    [row] = taken(cleo, f"/reviews/{cycle.pk}/platform/?format=csv")
    assert (row["objective"], row["score"], row["closed_on"]) == (
        leaf.title,
        "0.7",
        timezone.localdate(now).isoformat(),
    )
    assert row["retrospective"] == "'=Learned"
    assert len(taken(ada, f"/reviews/{cycle.pk}/platform/?format=csv")) == 2
    assert {row["score"] for row in taken(cleo, "/company/?format=csv&q=failover")} == {"0.7"}
