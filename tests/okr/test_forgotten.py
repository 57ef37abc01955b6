"""Whoever forgot their password gets a link by mail; whoever asks about others learns nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okr.forgotten import send_asked_links
from okr.models import AuditEntry, Person
from tests.cast import make_person
from tests.okr.pages import text_of

URL, PASSWORD, NEW = "/forgotten/", "a plumb line", "another plumb line"


@pytest.fixture
def dana(db):
    return make_person("Dana Holt", password=PASSWORD)


def ask(email, **more):
    return Client().post(URL, {"email": email}, **more)


def tick():
    send_asked_links(timezone.now())


def path_in(mail):
    return re.search(r"/welcome/\S+", mail.body).group()  # type: ignore[union-attr]


def test_the_link_leads_to_a_new_password_and_in(dana, mailoutbox):
    assert "Look into your mail" in text_of(ask("DANA.holt@larkspur.example"))
    tick()
    window, path = Client(), path_in(mailoutbox[0])
    assert mailoutbox[0].to == [dana.email]
    assert window.post(path, {"password": NEW})["Location"] == "/my/"
    assert Person.objects.get(pk=dana.pk).check_password(NEW)
    assert Client().get(path).status_code == 404


def test_the_answer_gives_nobody_away(dana, mailoutbox, django_assert_num_queries):
    make_person("Gone Since", password=PASSWORD, is_active=False)
    make_person("Never Invited")
    shown = set()
    for name in ("dana.holt", "gone.since", "never.invited", "nobody"):
        with django_assert_num_queries(1):
            answer = ask(f"{name}@larkspur.example")
        shown.add(re.sub(r"csrf.*|X-CSRFToken.*", "", answer.content.decode()))
    tick()
    assert len(shown) == 1
    assert [mail.to for mail in mailoutbox] == [[dana.email]]


def test_it_works_for_two_hours_only(dana, mailoutbox):
    ask(dana.email)
    tick()
    with time_machine.travel(timezone.now() + timedelta(minutes=119)):
        assert Client().get(path_in(mailoutbox[0])).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        assert Client().get(path_in(mailoutbox[0])).status_code == 404


def test_one_request_is_one_mail(dana, mailoutbox):
    ask(dana.email)
    tick()
    tick()
    assert len(mailoutbox) == 1


def test_a_mailbox_is_not_filled(dana, mailoutbox):
    for _ in range(6):
        assert "Look into your mail" in text_of(ask(dana.email))
        tick()
    assert len(mailoutbox) == 3


def test_one_address_cannot_try_everybody(db):
    answers = [ask(f"guess{number}@larkspur.example").status_code for number in range(21)]
    assert answers == [200] * 20 + [429]


def test_what_is_no_address_is_told_so(db):
    answer = ask("dana")
    assert answer.status_code == 422
    assert "Enter an email address like name@example.com." in text_of(answer)


def test_while_the_mail_server_is_away_it_is_tried_again(dana, settings, mailoutbox):
    ask(dana.email)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tick()
    dana.refresh_from_db()
    assert dana.invited_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tick()
    assert len(mailoutbox) == 1


def test_for_an_admin_it_is_logged(olga, mailoutbox):
    olga.set_password(PASSWORD)
    olga.save()
    ask(olga.email)
    tick()
    told = AuditEntry.objects.get().sentence
    assert told == "sent Olga Petrenko a link to a new password, as was asked at the door"
