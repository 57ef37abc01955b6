"""The dashboard: its counts, the picture of the cycle, the heatmap, and what moves none of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from okr.models import KeyResult, Level, Measurement, Objective, Unit, Visibility
from okr.models.approval import Approval
from okr.models.assignment import assign
from okr.pages.calendar import Calendar
from okr.pages.dashboard import dashboard
from okr.pages.standing import standings_now
from okr.pages.units import UnitTree
from okr.pages.weekly import LARGE, WeekEnd, standings_at, thinned, weeks_until_today
from tests.cast import make_cycle, make_key_result, make_objective, make_unit, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def calendar_of(cycle):
    return Calendar(cycle, timezone.localdate())


def measured(key_result, **weeks_ago):
    """w6=20 is a value of 20, six weeks ago; the key result itself follows the last."""
    for name, value in weeks_ago.items():
        at = timezone.now() - timedelta(weeks=int(name[1:]))
        key_result.check_in(by=key_result.owner, at=at, confidence="on_track", value=Decimal(value))


def created_long_ago():
    long_ago = timezone.now() - timedelta(weeks=20)
    KeyResult.objects.update(created_at=long_ago)
    Objective.objects.update(created_at=long_ago)


@pytest.fixture
def own(ada, cycle):
    """Platform's objective: 20 six weeks ago, 40 two weeks ago."""
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    measured(make_key_result(own, title="Minutes offline"), w6=20, w2=40)
    created_long_ago()
    return own


def line(unit, cycle):
    calendar, tree = calendar_of(cycle), UnitTree()
    return standings_at(tree, calendar, weeks_until_today(calendar)).of(unit)


def page_of(person, cycle, unit=None, **asked):
    return dashboard(UnitTree(), unit, person, calendar_of(cycle), timezone.now(), **asked)


def test_each_week_holds_what_was_known_at_its_end(ada, own, cycle):
    assert line(ada.unit, cycle) == [20, 20, 20, 20, 40, 40, 40]


def test_a_week_before_the_first_value_is_unknown_and_not_zero(ada, ben, cycle):
    measured(make_key_result(make_objective(ben, cycle)), w2=40)
    created_long_ago()
    assert line(ada.unit, cycle) == [None, None, None, None, 40, 40, 40]
    page = page_of(ben, cycle, ada.unit)
    shown = [cell.ahead for cell in page.heat[0].cells]
    assert shown[:4] == [None] * 4
    assert "week 3, nothing known: –" in text_of(signed_in(ben).get("/dashboard/"))


def test_what_nobody_measured_yet_counts_as_nothing_from_when_it_was_written(ada, own, cycle):
    late = make_key_result(own)
    KeyResult.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(weeks=1))
    assert line(ada.unit, cycle) == [20, 20, 20, 20, 40, 20, 20]


def test_the_pictures_of_a_large_company_are_worked_out_every_few_minutes(ada, cleo, own, cycle):
    Objective.objects.bulk_create(
        Objective(cycle=cycle, owner=cleo, title="One of many") for _ in range(LARGE)
    )
    before = page_of(cleo, cycle, ada.unit)
    make_key_result(own, at="100")
    after = page_of(ada, cycle, ada.unit)
    assert after.points == before.points
    assert after.worked_out_at == before.worked_out_at
    assert after.tallies[0].count == 2
    cache.clear()
    assert page_of(cleo, cycle, ada.unit).points != before.points


def test_the_last_week_is_what_is_stored_today(ada, ben, olga, own, cycle):
    top = make_objective(olga, cycle, level=Level.COMPANY)
    own.parent, own.weight = top, 3
    own.keep()
    below = make_objective(ben, cycle, parent=own, weight=2)
    make_key_result(below, at="90", weight=2)
    make_key_result(below, at="12.5")
    make_key_result(top, at="10")
    waiting = make_objective(ben, cycle, parent=own, approval=Approval.WAITING)
    make_key_result(waiting, at="100")
    passed_on = make_key_result(top, title="Passed on")
    assigned = Objective(owner=ben, title="Taken over")
    assign(passed_on, assigned, by=olga, at=timezone.now())
    make_key_result(assigned, at="70")
    calendar, tree = calendar_of(cycle), UnitTree()
    derived = standings_at(tree, calendar, weeks_until_today(calendar))
    stored = standings_now(tree, cycle)
    for unit in (None, ada.unit):
        assert derived.of(unit)[-1] == stored.of(unit)[0] is not None


def test_what_is_confidential_moves_no_picture_for_anybody(ada, ben, cleo, own, cycle):
    before = page_of(cleo, cycle)
    for fields in ({"parent": own}, {"level": Level.UNIT, "unit": ada.unit}, {}):
        secret = make_objective(
            ben, cycle, title="Secret", visibility=Visibility.CONFIDENTIAL, **fields
        )
        measured(make_key_result(secret, title="Secret number"), w5=100)
        KeyResult.objects.update(confidence="on_track")
    for reader in (cleo, ada):
        after = page_of(reader, cycle)
        assert [row.cells for row in after.heat] == [row.cells for row in before.heat]
        assert [each.progress for each in after.points] == [p.progress for p in before.points]
    assert page_of(cleo, cycle).tallies == before.tallies
    assert page_of(ada, cycle).tallies[0].count == 4
    for query in ("?unit=", "?show=on_track", "?unit=platform&show=on_track"):
        assert "Secret" not in text_of(signed_in(cleo).get(f"/dashboard/{query}"))
    assert "Secret number" in text_of(signed_in(ada).get("/dashboard/?show=on_track"))


def test_it_opens_on_the_readers_own_unit_and_the_address_names_another(ada, cleo, own):
    def name(person, query=""):
        return signed_in(person).get(f"/dashboard/{query}").context["page"].name

    assert name(cleo) == "Customer Success"
    assert name(cleo, "?unit=platform") == "Platform"
    assert name(cleo, "?unit=") == "Company"
    cleo.unit = None
    cleo.save()
    assert name(cleo) == "Company"
    assert signed_in(cleo).get("/dashboard/?unit=nowhere").status_code == 404


def test_a_count_opens_the_key_results_behind_it(ada, cleo, own, cycle):
    make_key_result(own, title="Never judged")
    seen = text_of(signed_in(cleo).get("/dashboard/?unit=platform&show=waiting"))
    assert "Overdue check-ins" in seen
    assert "Never judged" in seen
    assert "Minutes offline" in seen
    nothing = text_of(signed_in(cleo).get("/dashboard/?unit=platform&show=off_track"))
    assert "No key result is in this group" in nothing


def test_a_cell_leads_to_the_team_in_that_week(ada, cleo, own, cycle):
    page = signed_in(cleo).get("/dashboard/?unit=platform").content.decode()
    assert f"/teams/platform/?cycle={cycle.pk}&amp;week=5" in page
    assert "Platform, week 5, +1 points" in text_of(
        signed_in(cleo).get("/dashboard/?unit=platform")
    )


def test_a_team_at_the_bottom_stands_among_those_beside_it(ada, cleo, own, cycle):
    above = make_unit("Engineering")
    Unit.objects.filter(slug__in=["platform", "customer-success"]).update(parent=above)
    for unit in (above, Unit.objects.get(slug="platform")):
        rows = page_of(cleo, cycle, unit).heat
        assert [row.place.unit.name for row in rows] == [
            "Engineering",
            "Customer Success",
            "Platform",
        ]
    assert [row.is_chosen for row in rows] == [False, False, True]


def test_before_the_first_check_in_it_says_what_will_come(cleo, cycle):
    assert "The first check-ins will appear here" in text_of(signed_in(cleo).get("/dashboard/"))


def test_without_a_cycle_or_before_it_starts_there_is_no_picture(cleo):
    assert "There is no cycle yet" in text_of(signed_in(cleo).get("/dashboard/"))
    make_cycle(today=timezone.localdate() + timedelta(weeks=20))
    assert "The first check-ins will appear here" in text_of(signed_in(cleo).get("/dashboard/"))


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/dashboard/")["Location"].startswith("/sign-in/")


def test_a_year_is_drawn_with_few_points_and_all_the_recent_weeks():
    weeks = list(range(1, 54))
    kept = thinned([WeekEnd(number, timezone.localdate()) for number in weeks], 8)
    assert [week.number for week in kept[-8:]] == weeks[-8:]
    assert len(kept) <= 22
    assert thinned([], 8) == []


@pytest.mark.parametrize("query", ["?unit=", "?unit=platform&show=waiting"])
def test_the_page_costs_the_same_for_three_and_three_hundred_rows(
    ada, own, cycle, query, django_assert_max_num_queries
):
    def fill(count):
        for number in range(count // 3):
            make_unit(f"Unit {Unit.objects.count()} {number}", parent=ada.unit)
            objective = make_objective(ada, cycle, parent=own)
            rows = KeyResult.objects.bulk_create(
                KeyResult(objective=objective, owner=ada, title="Row", current=0, start=0)
                for _ in range(3)
            )
            Measurement.objects.bulk_create(
                Measurement(key_result=row, value=1, progress=1, at=timezone.now()) for row in rows
            )

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(18) as few:
        client.get(f"/dashboard/{query}")
    fill(297)
    with django_assert_max_num_queries(18) as many:
        client.get(f"/dashboard/{query}")
    assert len(few) == len(many)
