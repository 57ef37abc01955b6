"""The sign-ins of OKR admins are logged, those that failed too, and what is typed is not."""

import pytest
from django.utils import timezone

from okr.invitations import link_of
from okr.models import AuditEntry
from tests.cast import signed_in

PASSWORD, CANARY = "a-long-enough-word-1", "canary-in-a-password-2"


@pytest.fixture
def admin(olga):
    olga.set_password(PASSWORD)
    olga.save()
    return olga


def sign_in(client, email, password):
    return client.post(
        "/sign-in/", {"login": email, "password": password}, REMOTE_ADDR="203.0.113.9"
    )


def told():
    return [(each.by_name, each.sentence, each.address) for each in AuditEntry.objects.all()]


def test_an_admin_who_signs_in_is_logged(client, admin):
    assert sign_in(client, admin.email, PASSWORD).status_code == 302
    assert told() == [("Olga Petrenko", "signed in", "203.0.113.9")]


def test_a_failed_sign_in_as_an_admin_is_logged_without_what_was_typed(client, admin):
    sign_in(client, admin.email.upper(), CANARY)
    assert told() == [("Somebody", "could not sign in as Olga Petrenko", "203.0.113.9")]
    assert CANARY not in str(list(AuditEntry.objects.values()))


def test_other_people_sign_in_without_an_entry(client, ben):
    ben.set_password(PASSWORD)
    ben.save()
    sign_in(client, ben.email, "wrong")
    sign_in(client, ben.email, PASSWORD)
    sign_in(client, CANARY, CANARY)
    assert told() == []


def test_an_admin_who_changes_their_password_is_logged(admin):
    typed = {"current": PASSWORD, "password": CANARY}
    assert signed_in(admin).post("/settings/password/", typed).status_code == 302
    assert told() == [("Olga Petrenko", "changed their own password", "127.0.0.1")]


def test_an_admin_who_uses_a_link_is_logged_by_name(client, olga):
    olga.invite(timezone.now())
    page = link_of(olga).partition("//")[2].partition("/")[2]
    assert client.post(f"/{page}", {"password": CANARY}).status_code == 302
    assert told() == [
        ("Olga Petrenko", "signed in", "127.0.0.1"),
        ("Olga Petrenko", "chose a password by a link", "127.0.0.1"),
    ]
