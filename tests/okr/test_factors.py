"""A second factor: added under Settings, asked for at the door, worthless once it was used."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from config.sealed import Ring
from okr.invitations import link_of
from okr.models import AuditEntry
from tests.okr.pages import text_of

EMAIL, PASSWORD = "ben.okafor@larkspur.example", "a plumb line"
NOW = datetime(2027, 3, 1, 9, 0, 10, tzinfo=UTC)
SECURITY, APP = "/settings/security/", "/settings/security/app/"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def known(ben):
    ben.set_password(PASSWORD)
    ben.save()
    return ben


def door(person, password=PASSWORD):
    """A window in which the password was typed, and what it was answered."""
    window = Client()
    answer = window.post("/sign-in/", {"login": person.email, "password": password})
    return window, answer


def code_of(secret, at):
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def add_app(window, at=NOW):
    """The key that the app now has, and the recovery codes that came with it."""
    page = window.get(APP).content.decode()
    (secret,) = re.findall(r'value="([A-Z2-7]{32})"', page)
    assert secret not in str(dict(window.session)), "it is sealed wherever it is kept"
    answer = window.post(APP, {"code": code_of(secret, at)})
    assert answer["Location"] == f"{SECURITY}codes/"
    return secret, re.findall(
        r"<code>(\d{8})</code>", window.get(answer["Location"]).content.decode()
    )


@pytest.fixture
def app(known, clock):
    key, codes = add_app(door(known)[0])
    clock.shift(120)
    return key, codes


def step(window, code):
    return window.post("/sign-in/code/", {"code": code})


def now():
    return datetime.now(tz=UTC)


def test_an_app_is_asked_for_after_the_password(known, app):
    window, answer = door(known)
    assert answer["Location"] == "/sign-in/code/"
    assert window.get("/my/")["Location"].startswith("/sign-in/")
    assert "One more step" in text_of(window.get("/sign-in/code/"))

    assert step(window, code_of(app[0], now()))["Location"] == "/my/"
    assert window.get("/my/").status_code == 200


def test_a_wrong_code_is_refused_in_a_sentence(known, app):
    window, _ = door(known)
    answer = step(window, "000000")
    assert "This code does not fit." in text_of(answer)
    assert window.get("/my/").status_code == 302


def test_a_code_that_was_seen_is_worth_nothing(known, app, clock):
    code = code_of(app[0], now())
    assert step(door(known)[0], code).status_code == 302

    clock.shift(35)

    for again in (code, f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        assert "This code does not fit." in text_of(step(door(known)[0], again))


def test_guesses_are_counted_for_the_person(known, app):
    for _ in range(5):
        step(door(known)[0], "000000")
    answer = step(door(known)[0], code_of(app[0], now()))
    assert "Too many attempts. Try again in 15 minutes." in text_of(answer)


def test_a_recovery_code_lets_in_once(known, app):
    assert len(set(app[1])) == 10
    assert step(door(known)[0], app[1][3])["Location"] == "/my/"
    assert "This code does not fit." in text_of(step(door(known)[0], app[1][3]))


def test_recovery_codes_are_shown_once(known, app):
    window, _ = door(known)
    step(window, app[1][0])
    page = text_of(window.get(f"{SECURITY}codes/"))
    assert "You have 9 of 10 codes left." in page
    assert app[1][1] not in page


def test_new_recovery_codes_end_the_old_ones(known, app):
    window, _ = door(known)
    step(window, app[1][0])
    made = window.post(f"{SECURITY}codes/new/")
    shown = re.findall(r"<code>(\d{8})</code>", window.get(made["Location"]).content.decode())
    assert len(shown) == 10
    assert "This code does not fit." in text_of(step(door(known)[0], app[1][1]))


def test_a_wrong_code_adds_no_app(known, clock):
    window, _ = door(known)
    window.get(APP)
    assert "This code does not fit." in text_of(window.post(APP, {"code": "123456"}))
    assert not Authenticator.objects.exists()


def test_without_the_app_the_password_is_enough_again(known, app):
    window, _ = door(known)
    step(window, code_of(app[0], now()))
    assert window.post(f"{APP}removal/")["Location"] == SECURITY
    assert not Authenticator.objects.exists()
    assert door(known)[1]["Location"] == "/my/"


def test_who_signed_in_long_ago_proves_first_that_it_is_they(known, clock):
    window, _ = door(known)
    clock.shift(16 * 60)

    asked = window.get(APP)
    assert asked["Location"] == f"/confirm/?next={APP.replace('/', '%2F')}"
    wrong = window.post(asked["Location"], {"password": "not it"})
    assert "This is not your password." in text_of(wrong)
    assert window.post(asked["Location"], {"password": PASSWORD, "next": APP})["Location"] == APP
    assert window.get(APP).status_code == 200


def test_a_link_by_mail_is_no_second_factor(known, app):
    known.refresh_from_db()
    known.invite(now())
    window = Client()
    path = "/" + link_of(known).split("/", 3)[3]
    assert window.post(path, {"password": "another plumb line"})["Location"] == "/sign-in/code/"
    assert window.get("/my/").status_code == 302


def test_who_leaves_between_the_steps_does_not_get_in(known, app, olga):
    window, _ = door(known)
    known.leave(by=olga, at=now())
    step(window, code_of(app[0], now()))
    assert window.get("/my/").status_code == 302


def test_secrets_are_sealed_in_the_database_and_by_a_new_key(known, app, settings):
    stored = str(list(Authenticator.objects.values()))
    assert app[0] not in stored
    assert Ring().survey().number == 2

    key = "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleS0="
    settings.FIELD_KEYS = [key, *settings.FIELD_KEYS]
    call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = [key]

    assert Ring().survey().closed == []
    assert step(door(known)[0], code_of(app[0], now()))["Location"] == "/my/"


def test_without_the_field_key_the_page_says_so(known, app, settings):
    window, _ = door(known)
    step(window, app[1][0])
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    answer = step(door(known)[0], code_of(app[0], now()))
    assert "cannot be read with the keys in use" in text_of(answer)
    assert "9 left" in text_of(window.get(SECURITY))


def test_the_person_is_told_by_mail(known, clock, mailoutbox, django_capture_on_commit_callbacks):
    window, _ = door(known)
    with django_capture_on_commit_callbacks(execute=True):
        key, _ = add_app(window)
    assert [mail.subject for mail in mailoutbox] == ["An authenticator app was added · Plumbline"]
    assert mailoutbox[0].to == [known.email]
    assert key not in mailoutbox[0].body


def test_an_admins_factors_are_logged(olga, clock, django_capture_on_commit_callbacks):
    olga.set_password(PASSWORD)
    olga.save()
    window, _ = door(olga)
    with django_capture_on_commit_callbacks(execute=True):
        add_app(window)
    window.post(f"{APP}removal/")
    told = [each.sentence for each in AuditEntry.objects.order_by("pk")]
    assert told == [
        "signed in",
        "added an authenticator app to their sign-in",
        "removed the authenticator app from their sign-in",
    ]
