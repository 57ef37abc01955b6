"""Every address of the room at which only OKR admins may send something fills the audit log."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from atlassian_accounts.models import (
    Account,
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    Outcome,
    Removal,
    Trigger,
    Verb,
)
from jira_integration.people_file import JiraUsersShape
from jira_sandbox.admin.testing import SandboxOrganization
from okr.models import AuditEntry
from tests.atlassian_accounts.matrix.routes import ROUTES
from tests.atlassian_accounts.stage import ADMIN, jira_room
from tests.cast import make_person, signed_in
from tests.okr.matrix.deeds import Deed, untold


@dataclass
class Stage:
    organization: SandboxOrganization
    connection: OrganizationConnection
    client: Client

    def off(self) -> None:
        AccountsSettings.load().turn_off()

    def none(self) -> None:
        self.connection.delete()

    def reading(self) -> None:
        AccountsRead.objects.ask(self.connection, Trigger.HAND)

    def pause(self) -> None:
        self.connection.pause(paused=True)

    def removal(self) -> dict[str, Any]:
        found = Account.objects.create(
            connection=self.connection, account_id="5b10:2", status="active", seen_in=0
        )
        return {"pk": Removal.objects.ask([found], Verb.SUSPEND, make_person("Al"))[0].pk}

    def send(self) -> None:
        Removal.objects.update(outcome=Outcome.SENT)

    def match(self) -> dict[str, Any]:
        make_person("Bea Brandt", email="bea@larkspur.example")
        found = Account.objects.create(
            connection=self.connection, account_id="5b10:1", email="bea@larkspur.example", seen_in=0
        )
        return {"pk": found.pk, "slug": JiraUsersShape(jira_room()).slug}

    def pk(self) -> dict[str, Any]:
        return {"pk": self.connection.pk}

    def boxes(self) -> dict[str, Any]:
        key = {"organization_key": self.organization.key}
        return {
            "label": "Works",
            "admin_email": ADMIN,
            "organization_id": self.organization.id,
        } | key


def nothing(_: Stage) -> None:
    pass


DEEDS = {
    "accounts:switch": (Deed("accounts.turned_on"), Stage.off),
    "accounts:turn_off": (Deed("accounts.turned_off"), nothing),
    "accounts:connect": (Deed("accounts.connected", Stage.boxes), Stage.none),
    "accounts:change": (Deed("accounts.reconnected", Stage.boxes, Stage.pk), nothing),
    "accounts:disconnect": (Deed("accounts.disconnected", about=Stage.pk), nothing),
    "accounts:pause": (Deed("accounts.paused", about=Stage.pk), nothing),
    "accounts:resume": (Deed("accounts.resumed", about=Stage.pk), Stage.pause),
    "accounts:take_one": (Deed("imports.confirmed", about=Stage.match), nothing),
    "accounts:refresh": (Deed("accounts.refreshed", about=Stage.pk), nothing),
    "accounts:cancel": (Deed("accounts.cancelled", about=Stage.pk), Stage.reading),
    "accounts:removing": (Deed("accounts.removing_allowed", lambda _: {"removes": "on"}), nothing),
    "accounts:withdraw": (Deed("accounts.removal_withdrawn", about=Stage.removal), nothing),
    "accounts:look": (Deed("accounts.removal_looked", about=Stage.removal), Stage.send),
}


CHANGES_NOTHING = {
    "accounts:take": "leads to the check of an import",
    "accounts:remove": "wants a choice in its address: test_removal_pages",
}


@pytest.fixture
def stage(organization, connection, olga):
    return Stage(organization, connection, signed_in(olga))


PAGES = {name: each for name, each in ROUTES.items() if not each.spoken}


def test_every_address_of_admins_is_told():
    assert untold(PAGES, DEEDS, CHANGES_NOTHING) == []


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_an_admin_does_is_logged_without_any_secret(stage, name):
    deed, prepare = DEEDS[name]
    place, fields = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    prepare(stage)
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    answer = stage.client.post(place, fields)
    assert answer.status_code == 302, answer.content.decode()
    entries = AuditEntry.objects.exclude(pk__in=before)
    assert deed.action in [each.action for each in entries]
    told = " ".join(f"{each.sentence} {each.changes}" for each in entries)
    assert "{" not in told.replace("[{", "")
    assert stage.organization.key not in told
