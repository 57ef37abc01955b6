"""Where somebody is signed in: listed with device and address, ended one by one or all at once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from okr.invitations import link_of
from okr.models import AuditEntry, SignIn
from okr.pages.devices import device
from okr.retention import kept, prune
from tests.cast import signed_in
from tests.okr.pages import text_of

PASSWORD = "a plumb line"
SECURITY = "/settings/security/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def known(ben):
    ben.set_password(PASSWORD)
    ben.save()
    return ben


def window(person, agent=FIREFOX, address="203.0.113.9"):
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/my/").status_code == 200


def test_every_browser_is_listed_with_its_address(known):
    here = window(known)
    window(known, PHONE, "2001:db8::7")

    page = text_of(here.get(SECURITY))

    assert "Firefox on Linux This browser 203.0.113.9" in page
    assert "Safari on an iPhone 2001:db8::7" in page


def test_another_browser_is_signed_out_at_once(known):
    here, there = window(known), window(known, PHONE)
    number = SignIn.objects.get(agent=PHONE).pk

    assert here.post(f"{SECURITY}sign-ins/{number}/")["Location"] == SECURITY

    assert is_in(here)
    assert not is_in(there)
    assert SignIn.objects.count() == 1


def test_nobody_ends_the_sign_in_of_somebody_else(known, cleo):
    there = window(known)
    number = SignIn.objects.get().pk
    assert signed_in(cleo).post(f"{SECURITY}sign-ins/{number}/").status_code == 404
    assert is_in(there)


def test_signing_out_everywhere_leaves_this_browser_alone(known):
    here, there, older = window(known), window(known, PHONE), signed_in(known)

    here.post(f"{SECURITY}sign-ins/")

    assert (is_in(here), is_in(there), is_in(older)) == (True, False, False)
    assert "Firefox on Linux This browser" in text_of(here.get(SECURITY))
    assert Session.objects.filter(session_key=SignIn.objects.get().session_key).exists()


def test_an_admin_who_does_so_is_logged(olga):
    signed_in(olga).post(f"{SECURITY}sign-ins/")
    assert AuditEntry.objects.get().sentence == "ended all their other sign-ins"


def test_another_password_ends_the_other_sign_ins(known):
    here, there = window(known), window(known, PHONE)
    here.post("/settings/password/", {"current": PASSWORD, "password": "another plumb line"})
    assert (is_in(here), is_in(there)) == (True, False)
    assert SignIn.objects.get().agent == FIREFOX


def test_a_password_by_a_link_ends_every_sign_in(known):
    there = window(known, PHONE)
    known.refresh_from_db()
    known.invite(timezone.now())
    here = Client(headers={"User-Agent": FIREFOX})
    here.post("/" + link_of(known).split("/", 3)[3], {"password": "another plumb line"})
    assert (is_in(here), is_in(there)) == (True, False)
    assert SignIn.objects.get().agent == FIREFOX


def test_who_leaves_is_signed_out_everywhere(known, olga):
    there = window(known)
    known.leave(by=olga, at=timezone.now())
    assert not is_in(there)
    assert not SignIn.objects.exists()


def test_signing_out_takes_it_off_the_list(known):
    window(known).post("/sign-out/")
    assert not SignIn.objects.exists()


def test_a_browser_that_goes_on_is_written_down_now_and_then(known):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        here = window(known)
        first = SignIn.objects.get().seen_at
        clock.shift(timedelta(minutes=4))
        here.get(SECURITY)
        assert SignIn.objects.get().seen_at == first
        clock.shift(timedelta(minutes=1))
        here.get(SECURITY)
        assert SignIn.objects.get().seen_at == timezone.now()


def test_what_has_ended_goes_from_the_list_and_later_from_the_table(known):
    window(known)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        now = timezone.now()
        assert not known.sign_ins.lasting(now).exists()
        for each in kept():
            prune(each, now)
    assert not SignIn.objects.exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert device(agent) == words
