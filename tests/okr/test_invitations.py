"""An invitation lets one person in, once, and not for long."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okr import invitations
from okr.models import Person, State
from tests.cast import make_person, signed_in
from tests.okr.pages import text_of

PASSWORD = "a plumb line"


@pytest.fixture
def dana(olga):
    dana = make_person("Dana Holt")
    invitations.send(dana, olga, timezone.now())
    return dana


def path_of(person):
    return "/" + invitations.link_of(person).split("/", 3)[3]


def test_the_message_carries_the_link(dana, mailoutbox):
    assert mailoutbox[0].subject == "Olga Petrenko invites you to Plumbline"
    assert invitations.link_of(dana) in mailoutbox[0].body


def test_the_link_leads_to_a_password_and_in(dana):
    window = Client()
    assert "Hello Dana Holt." in text_of(window.get(path_of(dana)))
    answer = window.post(path_of(dana), {"password": PASSWORD})
    assert answer["Location"] == "/my/"
    assert window.get("/my/").status_code == 200
    assert Person.objects.get(pk=dana.pk).state == State.ACTIVE


def test_a_weak_password_is_refused_with_a_sentence(dana):
    answer = Client().post(path_of(dana), {"password": "12345678"})
    assert answer.status_code == 200
    assert "<title>Error:" in answer.content.decode()
    assert "entirely numeric" in text_of(answer)


def test_the_link_works_once(dana):
    path = path_of(dana)
    Client().post(path, {"password": PASSWORD})
    again = Client().post(path, {"password": "another line"})
    assert again.status_code == 404
    assert "This link no longer works" in text_of(again)
    assert Person.objects.get(pk=dana.pk).check_password(PASSWORD)


def test_a_newer_invitation_replaces_it(dana, olga):
    path = path_of(dana)
    invitations.send(dana, olga, timezone.now())
    assert Client().get(path).status_code == 404
    assert Client().get(path_of(dana)).status_code == 200


def test_the_link_ends_after_a_week(dana):
    token = path_of(dana).split("/")[2]
    late = timezone.now() + timedelta(days=7, seconds=1)
    assert invitations.invited_by(token, timezone.now()) == dana
    assert invitations.invited_by(token, late) is None


def test_neither_a_changed_link_nor_one_of_somebody_who_left_lets_in(dana, olga):
    assert Client().get(path_of(dana)[:-3] + "xx/").status_code == 404
    path = path_of(dana)
    dana.leave(by=olga, at=timezone.now())
    assert Client().get(path).status_code == 404


def test_an_admin_invites_again_and_sees_the_link_without_a_mail_server(dana, olga, mailoutbox):
    window, page = signed_in(olga), f"/okr-admin/people/{dana.pk}/"
    window.post(f"{page}invitation/")
    assert len(mailoutbox) == 2
    dana.refresh_from_db()
    assert invitations.link_of(dana) in window.get(page).content.decode()


def test_with_a_mail_server_nobody_else_sees_the_link(dana, olga, settings):
    settings.MAIL_SERVER = "smtp://mail.larkspur.example"
    page = signed_in(olga).get(f"/okr-admin/people/{dana.pk}/").content.decode()
    assert "/welcome/" not in page


def test_somebody_who_forgot_their_password_gets_a_link_for_a_new_one(olga, ada, mailoutbox):
    ada.set_password(PASSWORD)
    ada.save()
    window, page = signed_in(olga), f"/okr-admin/people/{ada.pk}/"
    assert "New password for Ada Lindqvist" in text_of(window.get(f"{page}invitation/"))
    window.post(f"{page}invitation/")
    assert mailoutbox[0].subject == "Choose a new password for Plumbline"
    ada.refresh_from_db()
    elsewhere, path = signed_in(ada), path_of(ada)
    assert "There is a link for a new password." in text_of(window.get(page))
    assert Client().post(path, {"password": "another line"})["Location"] == "/my/"
    assert Client().get(path).status_code == 404
    assert elsewhere.get("/my/").status_code == 302
    assert "There is a link" not in text_of(window.get(page))


def test_a_link_ends_when_the_password_is_changed_otherwise(olga, ada):
    ada.set_password(PASSWORD)
    ada.save()
    invitations.send(ada, olga, timezone.now())
    path = path_of(ada)
    sent = {"current": PASSWORD, "password": "another line"}
    assert signed_in(ada).post("/settings/password/", sent).status_code == 302
    assert Client().get(path).status_code == 404


def test_who_left_gets_no_link(olga, ada, mailoutbox):
    ada.leave(by=olga, at=timezone.now())
    window = signed_in(olga)
    window.post(f"/okr-admin/people/{ada.pk}/invitation/")
    assert "Reactivate them first." in text_of(
        window.get(f"/okr-admin/people/{ada.pk}/invitation/")
    )
    assert not mailoutbox


def test_a_mail_server_that_refuses_is_told(olga, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    erik = make_person("Erik Solberg")
    window = signed_in(olga)
    answer = window.post(f"/okr-admin/people/{erik.pk}/invitation/", follow=True)
    assert "The mail server did not take the message" in text_of(answer)
