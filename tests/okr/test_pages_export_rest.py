"""The lists of admins, of one person and of the dashboard as files, with nobody else's rows."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from okr import slots
from okr.models import Approval, Comment, Notification, Objective, Occasion, Template, Visibility
from okr.models.template import Measure
from okr.slots import Hit
from tests.cast import adopt, make_cycle, make_key_result, make_objective, make_unit, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ADMINS = ["/okr-admin/cycles/", "/okr-admin/units/", "/okr-admin/templates/"]
EVERYBODYS = ["/templates/", "/approvals/", "/notifications/", "/search/?q=a", "/dashboard/"]


def asked(address, form="csv"):
    return f"{address}{'&' if '?' in address else '?'}format={form}"


def taken(person, address):
    answer = signed_in(person).get(asked(address))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def hidden_of(owner, cycle):
    secret = {"title": "Hidden plan", "visibility": Visibility.CONFIDENTIAL}
    return make_objective(owner, cycle, **secret)


@pytest.mark.parametrize("address", ADMINS)
def test_only_okr_admins_take_away_what_only_they_see(cleo, olga, cycle, address):
    assert signed_in(cleo).get(asked(address)).status_code == 403
    assert signed_in(olga).get(asked(address, "xlsx")).status_code == 200


@pytest.mark.parametrize("address", ADMINS + EVERYBODYS)
def test_nobody_takes_anything_away_without_signing_in(client, cycle, address):
    answer = client.get(asked(address))
    assert answer.status_code == 302
    assert "next=" in answer.url


@pytest.mark.parametrize("address", [*ADMINS[:2], "/templates/", "/search/?q=a", "/dashboard/"])
def test_the_page_offers_both_files(ada, olga, cycle, address):
    make_key_result(make_objective(ada, cycle))
    page = signed_in(olga).get(address).content.decode()
    assert "format=csv" in page
    assert "format=xlsx" in page


def test_cycles_are_told_from_all_pages_with_their_state(olga, ada, cycle):
    make_key_result(make_objective(ada, cycle), at="40")
    for number in range(30):
        start = cycle.starts_on - timedelta(weeks=20 + number)
        make_cycle(f"Old {number}", starts_on=start, ends_on=start + timedelta(days=6))
    make_cycle("=Far", starts_on=cycle.ends_on + timedelta(1), ends_on=cycle.ends_on + timedelta(9))
    rows = taken(olga, "/okr-admin/cycles/?page=2")
    assert len(rows) == 32
    assert [(row["cycle"], row["state"]) for row in rows[:3]] == [
        ("'=Far", "planned"),
        ("Autumn", "running"),
        ("Old 0", "ended"),
    ]
    assert (rows[1]["objectives"], rows[1]["progress"]) == ("1", "40")


def test_units_are_told_with_their_path_lead_and_people(olga, ada, ben):
    make_unit("=Storage", parent=ada.unit)
    rows = {row["unit"]: row for row in taken(olga, "/okr-admin/units/")}
    assert rows["Platform"] == {
        "unit": "Platform",
        "path": "Platform",
        "lead": "Ada Lindqvist",
        "lead_email": "ada.lindqvist@larkspur.example",
        "people": "2",
    }
    assert rows["'=Storage"]["path"] == "Platform / =Storage"


def test_templates_have_a_row_for_each_key_result(olga, cleo):
    template = Template(title="=Own", category="product", by=olga, at=NOW)
    template.measures = [Measure("Fewer calls"), Measure("Fewer mails")]
    template.keep()
    rows = taken(olga, "/okr-admin/templates/")
    assert [(row["template"], row["key_result"], row["written_by"]) for row in rows] == [
        ("'=Own", "Fewer calls", "Olga Petrenko"),
        ("'=Own", "Fewer mails", "Olga Petrenko"),
    ]
    everything = taken(cleo, "/templates/")
    assert len(everything) > len(rows)
    found = taken(cleo, "/templates/?q=fewer+mails&category=product")
    assert [row["template"] for row in found] == ["'=Own", "'=Own"]


def test_approvals_give_both_lists_and_only_ones_own(ada, ben, cleo, cycle):
    adopt(approval_on=True)
    objective = make_objective(ben, cycle, title="=Sent")
    Objective.objects.filter(pk=objective.pk).update(approval=Approval.DRAFT)
    objective.refresh_from_db()
    objective.submit(by=ben, at=NOW)
    [hers], [his] = taken(ada, "/approvals/"), taken(ben, "/approvals/")
    assert (hers["list"], his["list"]) == ("Waiting for your approval", "Sent by you")
    assert (hers["objective"], hers["owner"], hers["state"]) == (
        "'=Sent",
        "Ben Okafor",
        "Waiting for approval",
    )
    assert hers["last_step_at"] == timezone.localtime(NOW).isoformat(timespec="seconds")
    assert taken(cleo, "/approvals/") == []


def test_notifications_give_what_one_was_told_and_may_still_see(ada, ben, cleo, cycle):
    key_result = make_key_result(make_objective(ben, cycle))
    later = make_objective(ben, cycle, title="Hidden plan")
    for about in (key_result, later):
        told = {"about": about, "by": ada, "at": NOW, "words": "=Look"}
        Notification.objects.tell([cleo], Occasion.COMMENT, **told)
    Objective.objects.filter(pk=later.pk).update(visibility=Visibility.CONFIDENTIAL)
    [row] = taken(cleo, "/notifications/")
    assert row == {
        "at": timezone.localtime(NOW).isoformat(timespec="seconds"),
        "read_at": "",
        "what": "Ada Lindqvist commented",
        "about": "Fewer missed appointments",
        "objective": "Clinics trust the schedule",
        "words": "'=Look",
    }
    assert taken(ben, "/notifications/") == []


def test_the_search_gives_every_hit_and_nothing_hidden(ada, ben, cleo, cycle):
    for number in range(30):
        make_objective(ben, cycle, title=f"Plan {number}")
    make_objective(ben, cycle, title="=Plan")
    hidden_of(ben, cycle)
    make_unit("Planning")

    def fill(request, words):
        return [Hit("Plan elsewhere", "/elsewhere/", under="Other")]

    with slots.filled("search.hits", fill):
        rows = taken(cleo, "/search/?q=plan")
        objectives = taken(cleo, "/search/?q=plan&in=objectives&page=2")
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("Objective"), kinds.count("Unit"), kinds.count("Other")) == (31, 1, 1)
    assert {row["kind"] for row in objectives} == {"Objective"}
    titles = {row["title"] for row in rows}
    assert "'=Plan" in titles
    assert "Hidden plan" not in titles
    assert "Hidden plan" in {row["title"] for row in taken(ada, "/search/?q=plan")}
    assert rows[0]["address"].startswith("http://testserver/objectives/")
    assert taken(cleo, "/search/?q=") == []


def test_the_dashboard_gives_each_team_week_by_week(ada, ben, cleo, cycle):
    rows = taken(cleo, "/dashboard/?unit=")
    teams = dict.fromkeys(row["team"] for row in rows)
    assert next(iter(teams)) == "Company"
    assert {"Platform", "Customer Success"} <= set(teams)
    assert [row["week"] for row in rows if row["team"] == "Platform"] == list("1234567")
    assert signed_in(cleo).get(asked("/dashboard/?unit=nowhere")).status_code == 404


def test_behind_a_count_stand_its_key_results_without_the_hidden(ada, ben, cleo, cycle):
    make_key_result(make_objective(ben, cycle), title="=Shown", at="50")
    make_key_result(hidden_of(ben, cycle), title="Hidden number", at="50")
    address = "/dashboard/?unit=platform&show=on_track"
    assert [row["key_result"] for row in taken(cleo, address)] == ["'=Shown"]
    assert {row["key_result"] for row in taken(ada, address)} == {"'=Shown", "Hidden number"}


@pytest.mark.parametrize("address", ["/okr-admin/units/", "/notifications/", "/search/?q=plan"])
def test_a_file_costs_the_same_for_three_and_thirty_rows(
    ada, olga, cycle, django_assert_max_num_queries, address
):
    def queries(first, last):
        for number in range(first, last):
            objective = make_objective(ada, cycle, title=f"Plan {number}")
            make_unit(f"Plan {number}", lead=ada)
            comment = Comment.objects.create(objective=objective, by=ada, words="Look", at=NOW)
            told = {"about": comment, "by": ada, "at": NOW}
            Notification.objects.tell([olga], Occasion.COMMENT, **told)
        with django_assert_max_num_queries(12) as found:
            client.get(asked(address)).getvalue()
        return len(found)

    client = signed_in(olga)
    assert queries(0, 3) == queries(3, 30)
