"""Teams and the page of one: who stands where, the filters, and what stays out of sight."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okr.models import KeyResult, Level, Objective, Person, Unit, Visibility
from okr.pages.calendar import Calendar
from okr.pages.standing import standings_now
from okr.pages.team import team_page
from okr.pages.teams import teams
from okr.pages.units import UnitTree
from tests.cast import (
    make_cycle,
    make_key_result,
    make_objective,
    make_person,
    make_unit,
    signed_in,
)
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineering(ada):
    """Above Platform."""
    above = make_unit("Engineering")
    Unit.objects.filter(slug="platform").update(parent=above)
    ada.unit.refresh_from_db()
    return above


@pytest.fixture
def work(ada, ben, cycle):
    """The unit's own objective at 60, and Ben's at 20."""
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    make_key_result(own, title="Minutes offline", at="60")
    his = make_objective(ben, cycle, title="Failover is boring")
    make_key_result(his, title="Rehearsals", at="20")
    return own, his


def seen_by(person, cycle):
    calendar = Calendar(cycle, timezone.localdate())
    tree = UnitTree()
    shown = teams(person, calendar, tree.places(), standings_now(tree, cycle))
    return {each.unit.name: each for each in shown}


def page_of(unit, person, cycle, **asked):
    calendar = Calendar(cycle, timezone.localdate())
    return team_page(unit, person, calendar, timezone.now(), **asked)


def confidential(owner, cycle, **fields):
    objective = make_objective(
        owner, cycle, title="Secret plan", visibility=Visibility.CONFIDENTIAL, **fields
    )
    make_key_result(objective, title="Secret number", at="100")
    return objective


def test_a_unit_counts_what_is_below_it_too(cleo, work, engineering, cycle):
    above, platform = (seen_by(cleo, cycle)[name] for name in ("Engineering", "Platform"))
    for team in (above, platform):
        assert (team.people, team.objectives, team.on_track, team.progress) == (2, 2, 2, 60)
    assert (above.place.depth, platform.place.depth) == (0, 1)


def test_a_unit_without_objectives_of_its_own_is_the_mean_of_its_peoples(cleo, work, cycle):
    own, _ = work
    own.key_results.all().delete()
    own.remove()
    assert seen_by(cleo, cycle)["Platform"].progress == 20
    assert seen_by(cleo, cycle)["Customer Success"].progress is None


def test_the_only_unit_at_the_top_stands_for_the_company(olga, work, cycle):
    make_key_result(make_objective(olga, cycle, level=Level.COMPANY), at="90")
    Unit.objects.exclude(slug="people").update(parent=make_unit("People"))
    assert seen_by(olga, cycle)["People"].progress == 90


def test_what_is_confidential_is_in_no_count_and_moves_no_number(ada, cleo, ben, work, cycle):
    before = seen_by(cleo, cycle)["Platform"]
    confidential(ben, cycle)
    confidential(ada, cycle, level=Level.UNIT, unit=ada.unit)
    after = seen_by(cleo, cycle)["Platform"]
    assert after == before
    whole = seen_by(ada, cycle)["Platform"]
    assert (whole.objectives, whole.on_track, whole.progress) == (4, 4, before.progress)


def test_the_page_of_a_unit_leaves_out_what_the_reader_may_not_see(ada, cleo, ben, work, cycle):
    confidential(ben, cycle)
    gone = make_person("Gil Stern", unit=ada.unit, is_active=False)
    confidential(gone, cycle)
    for query in ("", "?show=on_track", "?week=7"):
        seen = text_of(signed_in(cleo).get(f"/teams/platform/{query}"))
        assert "Secret" not in seen
        assert "Gil Stern" not in seen
        assert "of 2 key results" in seen
    assert "Secret number" in text_of(signed_in(ada).get("/teams/platform/?week=7"))


def test_the_units_own_objectives_come_first_and_then_its_people(cleo, ben, work, ada, cycle):
    page = page_of(ada.unit, cleo, cycle)
    assert [card.objective.title for card in page.own] == ["Clinics stay online"]
    assert [member.person for member in page.with_objectives] == [ben]
    assert page.without_objectives == [ada]
    seen = text_of(signed_in(cleo).get("/teams/platform/"))
    assert seen.index("Minutes offline") < seen.index("Ben Okafor") < seen.index("Rehearsals")
    assert "Led by Ada Lindqvist" in seen


def test_an_objective_for_another_unit_is_on_that_units_page(ada, cleo, work, cycle):
    make_objective(ada, cycle, title="Help elsewhere", level=Level.UNIT, unit=cleo.unit)
    assert "Help elsewhere" not in text_of(signed_in(ada).get("/teams/platform/"))
    assert "Help elsewhere" in text_of(signed_in(ada).get("/teams/customer-success/"))


def test_the_counts_filter_and_name_themselves_in_the_address(cleo, work, ada, cycle):
    KeyResult.objects.filter(title="Rehearsals").update(confidence="off_track")
    whole = signed_in(cleo).get("/teams/platform/")
    assert "?show=off_track" in whole.content.decode()
    seen = text_of(signed_in(cleo).get("/teams/platform/?show=off_track"))
    assert "Rehearsals" in seen
    assert "Minutes offline" not in seen
    assert "Nothing here" in text_of(signed_in(cleo).get("/teams/platform/?show=at_risk"))
    assert "Minutes offline" in text_of(signed_in(cleo).get("/teams/platform/?show=nonsense"))


def test_who_has_not_checked_in_this_week_is_counted_and_found(cleo, work, ada, cycle):
    KeyResult.objects.filter(title="Rehearsals").update(
        checked_in_at=timezone.now() - timedelta(days=8)
    )
    page = page_of(ada.unit, cleo, cycle, filtered="waiting")
    assert page.tallies[-1].count == 1
    assert [member.person.name for member in page.with_objectives] == ["Ben Okafor"]
    assert page.own == []


@pytest.mark.parametrize("change", [{"progress": 100}, {"cycle": "past"}])
def test_nobody_waits_for_what_is_reached_or_over(cleo, work, ada, cycle, change):
    KeyResult.objects.update(checked_in_at=None)
    if "progress" in change:
        KeyResult.objects.update(progress=100)
    else:
        cycle.closed_at = timezone.now()
        cycle.save()
    assert page_of(ada.unit, cleo, cycle).tallies[-1].count == 0


def test_a_week_shows_what_was_said_in_it(cleo, work, ada, cycle):
    key_result = KeyResult.objects.get(title="Rehearsals")
    at = timezone.now() - timedelta(weeks=2)
    key_result.check_in(by=ada, at=at, confidence="at_risk", note="The spare disk is late")
    seen = text_of(signed_in(cleo).get("/teams/platform/?week=5"))
    assert "The spare disk is late" in seen
    assert "The spare disk is late" not in text_of(signed_in(cleo).get("/teams/platform/?week=6"))
    assert page_of(ada.unit, cleo, cycle, week=8).week is None
    for week in ("8", "0", "-1", "x", "9" * 30):
        assert signed_in(cleo).get(f"/teams/platform/?week={week}").status_code == 200


def test_an_empty_unit_says_so_and_offers_its_lead_to_begin(ada, ben, cycle):
    for person, offered in ((ada, True), (ben, False)):
        response = signed_in(person).get("/teams/platform/")
        assert "No objectives in this team yet" in text_of(response)
        assert (b'id="first-objective"' in response.content) is offered


def test_units_and_cycles_that_are_not_there(ben, olga):
    assert "There is no cycle yet" in text_of(signed_in(ben).get("/teams/"))
    assert "There is no cycle yet" in text_of(signed_in(ben).get("/teams/platform/"))
    make_cycle()
    assert signed_in(ben).get("/teams/nowhere/").status_code == 404
    Person.objects.update(unit=None)
    Unit.objects.all().delete()
    seen = text_of(signed_in(olga).get("/teams/"))
    assert "There are no teams yet" in seen
    assert "Set up units" in seen


def test_a_stranger_is_asked_to_sign_in(client, cycle):
    for path in ("/teams/", "/teams/platform/"):
        assert client.get(path)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", ["/teams/", "/teams/platform/", "/teams/platform/?show=waiting"])
def test_the_pages_cost_the_same_for_three_and_three_hundred_rows(
    ada, ben, cycle, path, django_assert_max_num_queries
):
    def fill(count):
        seats = range(Unit.objects.count(), Unit.objects.count() + count // 3)
        units = [make_unit(f"Unit {seat}", parent=ada.unit) for seat in seats]
        people = [make_person(f"P {Person.objects.count()}", unit=units[0]) for _ in range(3)]
        for _ in range(count // 3):
            objective = make_objective(ben, cycle)
            KeyResult.objects.bulk_create(
                KeyResult(objective=objective, owner=people[n], title="Row", current=0, start=0)
                for n in range(3)
            )

    client = signed_in(ada)
    fill(3)
    with django_assert_max_num_queries(24) as few:
        client.get(path)
    fill(297)
    with django_assert_max_num_queries(24) as many:
        client.get(path)
    assert len(few) == len(many)
    assert Objective.objects.count() == 100
