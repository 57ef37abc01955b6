"""Every operation of the room that is for OKR admins fills the audit log, as its pages do."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
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
from jira_sandbox.admin.testing import SandboxOrganization
from okr.models import AuditEntry
from tests.atlassian_accounts.matrix.routes import ROUTES
from tests.cast import make_person
from tests.okr.api.script import client_of, send
from tests.okr.matrix.declaring import ADMINS

UNSAFE = ("POST", "PATCH", "DELETE")


class Stage(NamedTuple):
    organization: SandboxOrganization
    connection: OrganizationConnection

    def off(self) -> dict[str, int]:
        AccountsSettings.load().turn_off()
        return {}

    def pk(self) -> dict[str, int]:
        return {"pk": self.connection.pk}

    def paused(self) -> dict[str, int]:
        self.connection.pause(paused=True)
        return self.pk()

    def removes(self) -> dict[str, int]:
        AccountsSettings.load().allow_removing()
        return {}

    def removable(self) -> dict[str, Any]:
        self.removes()
        return {"account": self.account().pk, "verb": "suspend", "confirm": "712020:made"}

    def removal(self) -> dict[str, int]:
        return {"pk": Removal.objects.ask([self.account()], Verb.SUSPEND, make_person("Al"))[0].pk}

    def unknown(self) -> dict[str, int]:
        named = self.removal()
        Removal.objects.filter(**named).update(outcome=Outcome.SENT)
        return named

    def account(self) -> Account:
        return Account.objects.create(
            connection=self.connection, account_id="712020:made", status="active", seen_in=0
        )

    def run(self) -> dict[str, int]:
        return {"pk": AccountsRead.objects.ask(self.connection, Trigger.HAND).pk}

    def key(self) -> dict[str, Any]:
        return {"label": "Works", "organization_key": self.organization.key}


class Deed(NamedTuple):
    action: str
    about: Callable[[Stage], dict[str, int]] = lambda _: {}
    body: Callable[[Stage], dict[str, Any]] = lambda _: {}


DEEDS = {
    ("accounts_api:switch", "POST"): Deed("accounts.turned_on", Stage.off),
    ("accounts_api:switch", "DELETE"): Deed("accounts.turned_off"),
    ("accounts_api:organization", "PATCH"): Deed("accounts.reconnected", Stage.pk, Stage.key),
    ("accounts_api:organization", "DELETE"): Deed("accounts.disconnected", Stage.pk),
    ("accounts_api:pause", "POST"): Deed("accounts.paused", Stage.pk),
    ("accounts_api:pause", "DELETE"): Deed("accounts.resumed", Stage.paused),
    ("accounts_api:refresh", "POST"): Deed("accounts.refreshed", Stage.pk),
    ("accounts_api:cancellation", "POST"): Deed("accounts.cancelled", Stage.run),
    ("accounts_api:removing", "POST"): Deed("accounts.removing_allowed"),
    ("accounts_api:removing", "DELETE"): Deed("accounts.removing_forbidden", Stage.removes),
    ("accounts_api:removals", "POST"): Deed("accounts.removal_asked", body=Stage.removable),
    ("accounts_api:withdrawal", "POST"): Deed("accounts.removal_withdrawn", Stage.removal),
    ("accounts_api:look", "POST"): Deed("accounts.removal_looked", Stage.unknown),
}
TOLD_ELSEWHERE = {("accounts_api:organizations", "POST"): "test_api connects one"}
CHANGES_NOTHING = {("accounts_api:matches", "POST"): "has an import checked"}


def test_every_operation_of_admins_is_told():
    unsafe = {
        (name, method)
        for name, each in ROUTES.items()
        if each.spoken and each.posting is ADMINS
        for method in UNSAFE
        if method in each.methods
    }
    assert unsafe == DEEDS.keys() | TOLD_ELSEWHERE.keys() | CHANGES_NOTHING.keys()


@pytest.mark.parametrize(("name", "method"), sorted(DEEDS))
def test_what_an_admin_does_by_a_script_is_logged(organization, connection, olga, name, method):
    """And with a token that has not the scope of admins it is refused."""
    deed, stage = DEEDS[name, method], Stage(organization, connection)
    place, body = reverse(name, kwargs=deed.about(stage)), deed.body(stage)
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    match = {"If-Match": "*"}

    refused = send(client_of(olga, "read", "write"), method.lower(), place, body, **match)
    assert refused.status_code == 403
    response = send(client_of(olga, "admin"), method.lower(), place, body, **match)

    assert response.status_code < 300, response.content
    entries = AuditEntry.objects.exclude(pk__in=before)
    assert deed.action in [each.action for each in entries]
    assert {each.by_id for each in entries} == {olga.pk}
    assert organization.key not in str([each.changes for each in entries])
