"""Every page of the room at which only OKR admins may send something fills the audit log."""

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from confluence.models import ConfluenceConnection
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import AuditEntry, Person, Role
from tests.cast import make_person, signed_in
from tests.confluence.matrix.routes import ROUTES
from tests.okr.matrix.deeds import untold

ADDRESS = "198.51.100.7"
DEEDS = {
    "confluence:connect": "confluence.reconnected",
    "confluence:switch": "confluence.switched",
    "confluence:read_now": "confluence.read",
    "confluence:remove": "confluence.removed",
}
TOLD_ELSEWHERE = dict.fromkeys(
    ("confluence:spaces", "confluence:publish_company"),
    "tests/confluence/publishing/test_dialog.py reads the log",
)
CHANGES_NOTHING = {"confluence:test": "what is saved is tried; nothing is decided"}


def test_every_address_of_admins_is_told() -> None:
    pages = {name: each for name, each in ROUTES.items() if not each.spoken}
    assert not untold(pages, DEEDS, CHANGES_NOTHING | TOLD_ELSEWHERE)


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_an_admin_does_is_logged(
    name: str,
    wiki: SandboxConfluence,
    connection: ConfluenceConnection,
    olga: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In the audit log, and nowhere with the token."""
    caplog.set_level(logging.DEBUG)
    typed: dict[str, Any] = {
        "email": wiki.email,
        "server": wiki.url,
        "token": wiki.token,
        "expires_on": "2031-03-01",
    }
    about = {"name": "publishing"} if name == "confluence:switch" else {}
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    signed_in(olga).post(reverse(name, kwargs=about), typed, REMOTE_ADDR=ADDRESS)
    entries = [each for each in AuditEntry.objects.all() if each.pk not in before]
    assert DEEDS[name] in [each.action for each in entries]
    assert {(each.by_id, each.address) for each in entries} == {(olga.pk, ADDRESS)}
    assert not any("{" in each.sentence for each in entries)
    assert wiki.token not in caplog.text + str(list(AuditEntry.objects.values()))


def test_what_confluence_refuses_leaves_no_entry(
    wiki: SandboxConfluence, connection: ConfluenceConnection, olga: Person
) -> None:
    typed = {"email": wiki.email, "server": wiki.url, "token": "nonsense"}
    signed_in(olga).post(reverse("confluence:connect"), typed)
    assert not AuditEntry.objects.filter(action__startswith="confluence").exists()
    assert ConfluenceConnection.objects.get().token() == wiki.token


@pytest.mark.parametrize("below", ["connect/", "remove/"])
def test_credentials_are_for_whoever_has_just_signed_in(below: str, db: None) -> None:
    dana = make_person("Dana Holt", password="a plumb line", role=Role.OKR_ADMIN)
    client = Client()
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        client.post("/sign-in/", {"login": dana.email, "password": "a plumb line"})
    response = client.post(f"/okr-admin/integration/confluence/{below}")
    assert response["Location"].startswith("/confirm/?next=")
