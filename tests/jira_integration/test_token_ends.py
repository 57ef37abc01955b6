"""Nobody is surprised by the end of a token: it is asked for, and every admin is warned."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from jira_integration.expiring import stage_of, tell_of_ends
from jira_integration.models import IntegrationSettings, JiraConnection
from jira_integration.tasks import tick
from okr.models import Notification, Occasion, Person, Preference, Role
from okr.models.preference import Ways
from okr.tasks import tick as okr_tick
from tests.cast import signed_in
from tests.jira_integration.seen import url, words

NOW = timezone.now().replace(hour=12)
TODAY = timezone.localdate(NOW)


@pytest.fixture
def admins(olga, ada) -> list[Person]:
    ada.role = Role.OKR_ADMIN
    ada.save()
    return [olga, ada]


def ends_in(days: int) -> None:
    JiraConnection.objects.update(token_expires_on=TODAY + timedelta(days=days))


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(kind=Occasion.TOKEN_ENDING).order_by("at", "person__name")
    return [(each.person.name.split()[0], each.words) for each in rows]


@pytest.mark.parametrize(
    ("left", "stage"),
    [(400, None), (31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 0), (-3, 0)],
)
def test_the_stages_are_30_7_and_1_days_and_the_day(left, stage):
    assert stage_of(date(2026, 11, 21) + timedelta(days=left), date(2026, 11, 21)) == stage


def test_a_token_without_a_known_end_warns_nobody(connection, admins):
    assert stage_of(None, TODAY) is None
    tell_of_ends(NOW)
    assert not told()


def test_every_admin_is_told_once_for_each_stage_however_often_the_clock_ticks(connection, admins):
    ends_in(30)
    for day in range(32):
        for _ in range(2):
            tell_of_ends(NOW + timedelta(days=day))

    assert [name for name, _ in told()] == ["Ada", "Olga"] * 4
    assert [words.split(",")[0].split("ends ")[1][:10] for _, words in told()][::2] == [
        "in 30 days",
        "in 7 days",
        "tomorrow",
        "today. Put",
    ]


def test_whoever_looks_late_is_warned_all_the_same_and_once(connection, olga):
    ends_in(3)
    tell_of_ends(NOW)
    tell_of_ends(NOW + timedelta(days=1))

    [(_, sentence)] = told()
    assert "ends in 3 days" in sentence
    assert connection.host in sentence


def test_another_day_is_another_story(connection, olga):
    ends_in(5)
    tell_of_ends(NOW)
    ends_in(6)
    tell_of_ends(NOW)

    assert len(told()) == 2


def test_an_admin_of_today_is_told_too_and_an_employee_never(connection, olga, ben, ada):
    ends_in(5)
    tell_of_ends(NOW)
    ada.role = Role.OKR_ADMIN
    ada.save()
    tell_of_ends(NOW)

    assert [name for name, _ in told()] == ["Ada", "Olga"]


def test_who_does_not_want_to_hear_of_it_is_left_alone(connection, olga):
    ends_in(5)
    wish = Ways(in_app=False, by_mail=False)
    Preference.objects.decide(olga, {Occasion.TOKEN_ENDING: wish}, wants_mail=True)

    tell_of_ends(NOW)

    assert not told()


def test_nobody_is_warned_while_progress_updates_are_off(connection, olga):
    ends_in(5)
    IntegrationSettings.objects.update(enabled=False)

    tell_of_ends(NOW)

    assert not told()


def test_the_clock_warns_and_the_e_mail_of_the_day_brings_it(connection, olga, monkeypatch):
    ends_in(5)
    tick()
    assert len(told()) == 1
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).replace(hour=9)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    okr_tick()

    assert any("ends in 5 days" in str(message.body) for message in mail.outbox)


def test_the_day_is_asked_for_until_it_is_told(connection, olga):
    client = signed_in(olga)
    assert "When does the token end?" in words(client.get(url("integration")))
    assert "When does the API token end?" in words(client.get(url("token_end")))

    client.post(url("token_end"), {"ends_on": "2027-03-31"})

    assert JiraConnection.objects.get().token_expires_on == date(2027, 3, 31)
    assert "When does the token end?" not in words(client.get(url("integration")))


def test_that_it_does_not_end_is_an_answer(connection, olga):
    client = signed_in(olga)

    client.post(url("token_end"), {"never": "on"})

    connection.refresh_from_db()
    assert (connection.token_expires_on, connection.end_unknown) == (None, False)
    assert "When does the token end?" not in words(client.get(url("manage")))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter the day, or say that it does not end."),
        ({"ends_on": "2027-03-31", "never": "on"}, "Either it ends on a day"),
        ({"ends_on": "soon"}, "Enter a date"),
    ],
)
def test_an_answer_has_to_be_one(connection, olga, typed, says):
    answer = signed_in(olga).post(url("token_end"), typed)

    assert answer.status_code == 422
    assert says in words(answer)


def test_a_password_has_no_end(connection):
    connection.secret = "password"
    assert not connection.end_unknown


def test_the_admin_pages_warn(connection, olga):
    ends_in(6)
    client = signed_in(olga)
    day = f"{TODAY + timedelta(days=6):%-d %B %Y}"
    for name in ("integration", "manage", "activity"):
        assert f"The API token expires on {day}." in words(client.get(url(name)))


def test_somebody_else_says_nothing(connection, ben):
    client = signed_in(ben)
    assert client.get(url("token_end")).status_code == 403
    assert client.post(url("token_end"), {"never": "on"}).status_code == 403
    connection.refresh_from_db()
    assert connection.end_unknown


def test_a_new_token_is_asked_about_anew(connection, olga):
    connection.end_told(None)
    saved: datetime = connection.token_saved_at
    typed = {"email": connection.email, "server": connection.server, "token": "sandbox-token"}

    signed_in(olga).post(url("credentials"), typed)

    connection.refresh_from_db()
    assert connection.token_saved_at > saved
    assert connection.end_unknown
