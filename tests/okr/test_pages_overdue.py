"""Reminding a team: who may, whom it reaches, and that it tells nobody of what is confidential."""

import pytest
from django.utils import timezone

from okr.models import KeyResult, Notification, Unit, Visibility
from okr.pages.overdue import remindable
from tests.cast import make_key_result, make_objective, make_person, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db
URL = "/teams/platform/reminder/"


@pytest.fixture
def due(ben, cycle):
    """Ben has a check-in due."""
    return make_key_result(make_objective(ben, cycle))


def asked(unit, by):
    return remindable(unit, by, timezone.now())


def test_the_lead_managers_and_admins_remind_whom_they_may(ada, ben, cleo, olga, due):
    unit = ada.unit
    manager = make_person("Mia Lang", unit=cleo.unit)
    ben.report_to(manager)
    for by in (ada, olga, manager):
        assert asked(unit, by) == [ben]
        assert "Remind 1 person" in text_of(signed_in(by).get("/teams/platform/"))
        assert "Ben Okafor" in text_of(signed_in(by).get(URL))
    for by in (ben, cleo):
        assert "Remind" not in text_of(signed_in(by).get("/teams/platform/"))
        assert signed_in(by).get(URL).status_code == 403
        assert signed_in(by).post(URL).status_code == 403
    assert not Notification.objects.exists()


def test_a_press_reminds_once_a_day(ada, ben, due):
    client = signed_in(ada)
    seen = text_of(client.post(URL, follow=True))
    assert "1 person is reminded." in seen
    assert "Remind 1" not in seen
    assert "Nobody had to be reminded." in text_of(client.post(URL, follow=True))
    assert [each.person for each in Notification.objects.all()] == [ben]
    assert "There is nobody to remind now" in text_of(client.get(URL))


def test_a_manager_elsewhere_reminds_only_their_own_people(ada, ben, cleo, due, cycle):
    other = make_person("Gil Stern", unit=ada.unit, reports_to=ada)
    make_key_result(make_objective(other, cycle))
    other.report_to(cleo)
    assert asked(ada.unit, cleo) == [other]
    assert asked(ada.unit, ada) == [ben, other]


def test_what_is_confidential_asks_for_no_reminder_by_who_may_not_see_it(ada, ben, cleo, cycle):
    make_key_result(make_objective(ben, cycle, visibility=Visibility.CONFIDENTIAL))
    Unit.objects.filter(slug="platform").update(lead=cleo)
    unit = Unit.objects.get(slug="platform")
    assert asked(unit, cleo) == []
    assert asked(unit, ada) == [ben]


def test_nobody_is_asked_by_themselves_nor_for_what_was_judged(ada, ben, due, cycle):
    make_key_result(make_objective(ada, cycle))
    assert asked(ada.unit, ada) == [ben]
    KeyResult.objects.update(checked_in_at=timezone.now())
    assert asked(ada.unit, ada) == []


def test_a_past_cycle_offers_no_reminder(ada, due, cycle):
    cycle.closed_at = timezone.now()
    cycle.save()
    assert b'id="remind"' not in signed_in(ada).get("/teams/platform/").content
