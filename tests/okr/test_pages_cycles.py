"""The admin's pages of cycles: planned, generated, changed, deleted; nobody else's."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okr.models import Cycle
from tests.cast import adopt, make_cycle, make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
LIST = "/okr-admin/cycles/"
SPRING = {
    "name": "Spring sprint",
    "kind": "custom",
    "starts_on": "2027-03-01",
    "ends_on": "2027-04-15",
}
Q3 = {"name": "Q3", "kind": "quarter", "starts_on": "2026-07-01", "ends_on": "2026-09-30"}


@pytest.fixture
def admin(olga):
    return signed_in(olga)


@pytest.mark.parametrize("address", ["", "new/", "generate/", "{pk}/edit/", "{pk}/delete/"])
def test_the_pages_are_the_admins(ada, admin, cycle, address):
    path = LIST + address.format(pk=cycle.pk)
    assert admin.get(path).status_code == 200
    response = signed_in(ada).get(path)
    assert response.status_code == 403
    assert "This page is for OKR admins" in text_of(response)


def test_the_list_tells_state_dates_objectives_and_progress(ada, ben, admin, cycle):
    top = make_objective(ada, cycle, weight=3)
    make_key_result(make_objective(ben, cycle, parent=top), at="40")
    make_key_result(make_objective(ben, cycle, title="Alone"), at="80")
    make_cycle("Gone", starts_on=date(2020, 1, 1), ends_on=date(2020, 3, 31))
    seen = text_of(admin.get(LIST))
    for words in ("Autumn", "Running", "Week 7 of 13", "50%", "Ended, not closed"):
        assert words in seen
    assert "Ended on 31 March 2020, not closed yet" in seen


def test_without_a_cycle_the_quarters_are_offered(admin):
    response = admin.get(LIST)
    assert "There is no cycle yet" in text_of(response)
    assert response.content.count(b"button primary") == 1


def test_the_list_costs_the_same_for_3_and_for_20_cycles(ada, admin, django_assert_num_queries):
    def fill(count):
        for number in range(count):
            cycle = make_cycle(f"{count}-{number}")
            make_objective(ada, cycle)
            cycle.close(by=ada, at=timezone.now())

    fill(3)
    with CaptureQueriesContext(connection) as few:
        admin.get(LIST)
    asked = len(few)
    fill(17)
    with django_assert_num_queries(asked):
        admin.get(LIST)


def test_a_cycle_is_added_changed_and_deleted(admin):
    admin.post(f"{LIST}new/", SPRING)
    cycle = Cycle.objects.get(name="Spring sprint")
    changed = SPRING | {"name": "Spring", "version": cycle.version}
    admin.post(f"{LIST}{cycle.pk}/edit/", changed)
    cycle.refresh_from_db()
    assert cycle.name == "Spring"
    assert "“Spring” is deleted." in text_of(admin.post(f"{LIST}{cycle.pk}/delete/", follow=True))
    assert not Cycle.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": "2027-02-01"}, "Choose a day after 1 March 2027, on which it starts."),
        ({"kind": "quarter", **{k: Q3[k] for k in ("starts_on", "ends_on")}}, "overlaps with"),
        ({"name": "Q3"}, "There is a cycle of this name already."),
        ({"name": ""}, "Enter a name."),
        ({"name": "x" * 10_000}, "Use at most 60 characters; this has 10000."),
        ({"starts_on": "soon"}, "Enter a date."),
        ({"kind": "moon"}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(admin, wrong, sentence):
    Cycle.objects.create(**Q3)
    response = admin.post(f"{LIST}new/", SPRING | wrong)
    assert response.status_code == 422
    seen = text_of(response)
    assert sentence in seen
    assert all(value in response.content.decode() for value in (SPRING | wrong).values())
    assert Cycle.objects.count() == 1


def test_the_second_save_of_a_stale_form_is_refused_with_a_comparison(admin, cycle):
    typed = {"kind": "custom", "starts_on": "2027-03-01", "ends_on": "2027-04-15", "version": 1}
    admin.post(f"{LIST}{cycle.pk}/edit/", {"name": "First", **typed})
    response = admin.post(f"{LIST}{cycle.pk}/edit/", {"name": "Second", **typed})
    assert response.status_code == 422
    seen = text_of(response)
    assert "First" in seen
    assert "Second" in seen
    cycle.refresh_from_db()
    assert cycle.name == "First"


def test_a_closed_cycle_is_not_changed(admin, olga, cycle):
    cycle.close(by=olga, at=timezone.now())
    for address in ("edit", "delete"):
        response = admin.get(f"{LIST}{cycle.pk}/{address}/")
        assert response.status_code == 403
        assert "Reopen it to change it" in text_of(response)


def test_a_cycle_with_objectives_is_not_deleted(ada, admin, cycle):
    make_objective(ada, cycle)
    assert "holds 1 objective" in text_of(admin.get(f"{LIST}{cycle.pk}/delete/"))
    assert admin.post(f"{LIST}{cycle.pk}/delete/").status_code == 403
    assert Cycle.objects.filter(pk=cycle.pk).exists()


def test_the_year_of_the_policy_is_proposed(admin):
    adopt(fiscal_year_start=4)
    response = admin.get(f"{LIST}generate/")
    today = timezone.localdate()
    year = today.year if today.month >= 4 else today.year - 1
    assert f"Q1 {year}/{(year + 1) % 100:02}" in text_of(response)
    assert not Cycle.objects.exists()


def test_what_would_be_made_is_shown_before_it_is(admin):
    Cycle.objects.create(**Q3 | {"name": "Third"})
    make_cycle("Q1 2026", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    Cycle.objects.create(
        name="Late", kind="quarter", starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 31)
    )
    choice = {"year": "2026", "first_month": "1", "quarters": "on", "whole_year": "on"}
    seen = text_of(admin.get(f"{LIST}generate/", choice))
    for words in (
        "Year 2026 1 Jan 2026 – 31 Dec 2026 Will be created",
        "Q1 2026 1 Jan 2026 – 31 Mar 2026 Left out, because the name is taken",
        "Q2 2026 1 Apr 2026 – 30 Jun 2026 Will be created",
        "Q3 2026 1 Jul 2026 – 30 Sep 2026 Exists already as “Third”",
        "Q4 2026 1 Oct 2026 – 31 Dec 2026 Left out, because it overlaps with “Late”",
    ):
        assert words in seen
    answer = text_of(admin.post(f"{LIST}generate/", choice, follow=True))
    assert "Created Year 2026, Q2 2026." in answer
    again = admin.post(f"{LIST}generate/", choice)
    assert again.status_code == 422
    assert "There is nothing to create" in text_of(again)


@pytest.mark.parametrize("year", ["", "x", "1999", "2101", "-1", "9" * 5000, "２０２６"])
def test_a_year_that_cannot_be_read_is_asked_for(admin, year):
    answer = admin.post(f"{LIST}generate/", {"year": year, "first_month": 1, "quarters": "on"})
    if year == "２０２６":
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert "Enter a year from 2000 to 2100." in text_of(answer)


def test_nothing_chosen_is_asked_for(admin):
    answer = admin.post(f"{LIST}generate/", {"year": 2026, "first_month": 1})
    assert "Choose quarters, the whole year, or both." in text_of(answer)


def test_the_selector_tells_the_states(ada, cycle):
    make_cycle("Next", starts_on=date(2099, 1, 1), ends_on=date(2099, 3, 31))
    make_cycle("Last", closed_at=timezone.now())
    seen = text_of(signed_in(ada).get(f"/my/?cycle={cycle.pk}"))
    for words in ("Planned", "Running", "Closed"):
        assert words in seen
