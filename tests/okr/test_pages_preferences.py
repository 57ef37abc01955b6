"""A person chooses what they are told; an e-mail can be ended from within it by anybody."""

import re

import pytest
from django.core import mail
from django.test import Client

from okr.digests import message_of
from okr.models import Notification, Occasion, Person, Preference
from okr.models.preference import ADMINS_ONLY
from okr.pages.telling import told
from okr.unsubscribing import token_of
from tests.cast import signed_in
from tests.okr.pages import text_of
from tests.okr.test_digests import tell

URL = "/settings/notifications/"


def test_everybody_chooses_for_themselves(ben, cleo):
    client = signed_in(ben)
    answer = client.post(URL, {"mention_in_app": "on", "followed_by_mail": "on"})

    assert answer["Location"] == URL
    ways = Preference.objects.all_of(ben)
    assert ways["mention"] == (True, False)
    assert ways["followed"] == (False, True)
    assert ways["comment"] == (False, False)
    ben.refresh_from_db()
    assert not ben.wants_mail
    assert Preference.objects.all_of(cleo)["comment"] == (True, True)
    assert Client().get(URL).status_code == 302


def test_choosing_twice_keeps_one_choice_a_kind(ben):
    client = signed_in(ben)
    for _ in range(2):
        client.post(URL, {"wants_mail": "on"})

    assert Preference.objects.filter(person=ben).count() == len(Occasion) - len(ADMINS_ONLY)


def test_only_admins_choose_about_failing_integrations(ben, olga):
    assert "An integration cannot be read" not in text_of(signed_in(ben).get(URL))
    assert "An integration cannot be read" in text_of(signed_in(olga).get(URL))


@pytest.fixture
def message(ada, ben):
    tell(ben, by=ada)
    return message_of(ben, told(list(Notification.objects.all())))


def test_a_mail_program_unsubscribes_in_one_click(ben, message):
    message.send()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<http://127.0.0.1:8000(/\S+)>", headers["List-Unsubscribe"])
    assert link

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link[1], {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    ben.refresh_from_db()
    assert not ben.wants_mail


def test_looking_at_the_link_ends_nothing(ben):
    path = f"/unsubscribe/{token_of(ben)}/"
    for method in (Client().get, Client().head):
        assert method(path).status_code == 200
    assert Person.objects.get(pk=ben.pk).wants_mail

    assert "gets no more daily e-mails" in text_of(Client().post(path))
    assert "gets no more daily e-mails" in text_of(Client().get(path))


@pytest.mark.parametrize("token", ["x", "MQ:1:abc", "0"])
def test_a_forged_link_is_not_there(ben, token):
    assert Client().get(f"/unsubscribe/{token}/").status_code == 404
    assert Client().post(f"/unsubscribe/{token}/").status_code == 404


def test_no_other_form_does_without_its_token(ben):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)

    assert strict.post(URL, {}).status_code == 403
    assert strict.post("/notifications/read/", {}).status_code == 403
