"""Everybody sets their own name, time zone, theme and password, and nobody else's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from okr.models import Person
from okr.time_zones import PersonsTimeZone, zone_of, zones
from tests.cast import signed_in
from tests.okr.pages import text_of

PASSWORD, NEW = "a plumb line", "a straighter line"


@pytest.fixture
def dana(ben):
    ben.set_password(PASSWORD)
    ben.save()
    return ben


def save(person, **changed):
    sent = {"name": person.name, "time_zone": "", "theme": "system", **changed}
    return signed_in(person).post("/settings/", sent)


def test_a_person_sets_their_name_zone_and_theme(ben):
    save(ben, name=" Benjamin  Okafor ", time_zone="Europe/Berlin", theme="dark")
    ben.refresh_from_db()
    assert (ben.name, ben.time_zone, ben.theme) == ("Benjamin Okafor", "Europe/Berlin", "dark")


def test_what_an_admin_keeps_is_not_changed_here(ben):
    save(ben, role="okr_admin", email="x@larkspur.example", designation="Boss")
    ben.refresh_from_db()
    assert (ben.role, ben.designation) == ("employee", "Platform Engineer")
    assert ben.email.startswith("ben.")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "  "}, "Enter a name."),
        ({"name": "x" * 121}, "Use at most 120 characters"),
        ({"time_zone": "Moon/Tycho"}, "Choose a time zone from the list."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(ben, changed, sentence):
    answer = save(ben, **changed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Ben Okafor" in text_of(answer)


def test_moments_are_shown_in_the_zone_of_whoever_looks(ben, rf):
    ben.time_zone = "Asia/Tokyo"
    seen = []

    def look(_: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone())
        return HttpResponse()

    request = rf.get("/")
    request.user = ben
    PersonsTimeZone(look)(request)
    assert seen == [ZoneInfo("Asia/Tokyo")]
    assert timezone.localtime(datetime(2026, 1, 1, tzinfo=UTC)).hour == 0


def test_a_zone_that_is_gone_is_the_companys(ben):
    ben.time_zone = "Atlantis/Capital"
    assert zone_of(ben) is None
    assert ("Europe/Berlin", "Europe/Berlin") in zones()


def change(window, current=PASSWORD, password=NEW):
    return window.post("/settings/password/", {"current": current, "password": password})


def test_a_password_is_changed_and_other_devices_are_signed_out(dana):
    here, elsewhere = signed_in(dana), signed_in(dana)
    assert change(here).status_code == 302
    assert here.get("/my/").status_code == 200
    assert elsewhere.get("/my/").status_code == 302
    assert Person.objects.get(pk=dana.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"current": "wrong"}, "This is not your current password."),
        ({"password": "password"}, "too common"),
        ({"password": ""}, "Enter a password."),
    ],
)
def test_a_password_is_not_changed_by_a_passer_by_or_into_a_weak_one(dana, sent, sentence):
    answer = change(signed_in(dana), **sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Person.objects.get(pk=dana.pk).check_password(PASSWORD)


def test_strangers_are_sent_to_sign_in(client):
    for path in ("/settings/", "/settings/password/"):
        assert client.get(path).status_code == 302
