"""Every operation of the room that is for OKR admins fills the audit log, as its pages do."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from jira_integration.into_jira.rights import CREATES
from jira_integration.models import (
    IntegrationSettings,
    SyncRun,
    Trigger,
    WebhookReceiver,
)
from okr.models import AuditEntry, Person
from tests.jira_integration.matrix.routes import ROUTES
from tests.jira_integration.tokens import SECOND, grant
from tests.okr.api.script import client_of, send
from tests.okr.matrix.declaring import ADMINS

UNSAFE = ("POST", "PATCH", "DELETE")


class Deed(NamedTuple):
    """`about` answers what stands in the address, after whatever has to be there before."""

    action: str
    body: Callable[[Any], dict[str, Any]] = lambda _: {}
    about: Callable[[Any], dict[str, int]] = lambda _: {}


class Stage(NamedTuple):
    jira: Any
    site: Any
    olga: Person

    def off(self) -> dict[str, int]:
        IntegrationSettings.load().turn_off()
        return {}

    def selected(self) -> dict[str, int]:
        IntegrationSettings.load().allow_only(Person.objects.filter(pk=self.olga.pk))
        return {}

    def of_site(self) -> dict[str, int]:
        return {"pk": self.site.pk}

    def run(self) -> dict[str, int]:
        return {"pk": SyncRun.objects.ask(self.site, Trigger.HAND, by=self.olga).pk}

    def opened(self) -> dict[str, int]:
        WebhookReceiver.objects.open_for(self.site)
        return self.of_site()

    def waiting(self) -> dict[str, int]:
        place = reverse("jira_api:successor", kwargs=self.of_site())
        send(client_of(self.olga, "admin"), "post", place, self.successor())
        return self.of_site()

    def successor(self) -> dict[str, Any]:
        return {"email": self.jira.email, **self.token()}

    def project(self) -> dict[str, Any]:
        return {"only_chosen": True, "projects": [int(self.jira.site.projects["DEMO"].id)]}

    def as_admin(self) -> dict[str, int]:
        """Jira answers only its administrators who its accounts are."""
        entered = {"email": self.jira.admin_email, "token": "sandbox-admin-token"}
        place = reverse("jira_api:site", kwargs=self.of_site())
        send(client_of(self.olga, "admin"), "patch", place, entered, **{"If-Match": "*"})
        return self.of_site()

    def token(self) -> dict[str, Any]:
        return {"token": grant(self.jira)}


DEEDS = {
    ("jira_api:switch", "POST"): Deed("jira.turned_on", about=Stage.off),
    ("jira_api:switch", "DELETE"): Deed("jira.turned_off"),
    ("jira_api:percentages", "PATCH"): Deed("jira.percentages", lambda _: {"in_progress": 60}),
    ("jira_api:access", "PATCH"): Deed(
        "jira.everybody", lambda _: {"who_may_link": "all"}, Stage.selected
    ),
    ("jira_api:site", "PATCH"): Deed("jira.reconnected", Stage.token, Stage.of_site),
    ("jira_api:left_out", "PATCH"): Deed(
        "jira.left_out", lambda _: {"left_out": ["10001"]}, Stage.of_site
    ),
    ("jira_api:projects", "PATCH"): Deed("jira.projects", Stage.project, Stage.of_site),
    ("jira_api:events", "POST"): Deed("jira.webhook_opened", about=Stage.of_site),
    ("jira_api:events", "DELETE"): Deed("jira.webhook_closed", about=Stage.opened),
    ("jira_api:webhook_by_hand", "POST"): Deed("jira.webhook_opened", about=Stage.of_site),
    ("jira_api:look_up", "POST"): Deed("jira.accounts", about=Stage.as_admin),
    ("jira_api:successor", "POST"): Deed("jira.successor_put", Stage.successor, Stage.of_site),
    ("jira_api:successor", "DELETE"): Deed("jira.successor_removed", about=Stage.waiting),
    ("jira_api:use_successor", "POST"): Deed("jira.successor_used", about=Stage.waiting),
    ("jira_api:into", "PATCH"): Deed("jira.into", lambda _: {CREATES: True}, Stage.of_site),
    ("jira_api:into_again", "POST"): Deed("jira.into_again", about=Stage.of_site),
    ("jira_api:sync_now", "POST"): Deed("jira.sync"),
    ("jira_api:cancellation", "POST"): Deed("jira.cancelled", about=Stage.run),
}
TOLD_ELSEWHERE = {
    ("jira_api:sites", "POST"): "test_sites connects a further site",
    ("jira_api:site", "DELETE"): "test_sites removes it",
}
CHANGES_NOTHING = {
    ("jira_api:percentages_preview", "POST"): "nothing is saved",
    ("jira_api:try_left_out", "POST"): "nothing is saved",
    ("jira_api:try_projects", "POST"): "nothing is saved",
    ("jira_api:rights", "POST"): "Jira is asked what the account may do; nothing is decided",
    ("jira_api:unreadable", "POST"): "Jira is asked about one issue; nothing is saved",
    ("jira_api:test", "POST"): "what is saved is tried, as on the page",
}


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
def test_what_an_admin_does_by_a_script_is_logged(jira, connection, olga, name, method):
    deed, stage = DEEDS[name, method], Stage(jira, connection, olga)
    place, body = reverse(name, kwargs=deed.about(stage)), deed.body(stage)
    client = client_of(olga, "admin")
    before = set(AuditEntry.objects.values_list("pk", flat=True))

    response = send(client, method.lower(), place, body, **{"If-Match": "*"})

    assert response.status_code < 300, response.content
    entries = [each for each in AuditEntry.objects.all() if each.pk not in before]
    assert deed.action in [each.action for each in entries]
    assert {each.by_id for each in entries} == {olga.pk}
    assert SECOND not in str([each.sentence for each in entries])


@pytest.mark.parametrize(("name", "method"), sorted(DEEDS))
def test_a_token_without_the_scope_of_admins_does_nothing(jira, connection, olga, name, method):
    deed, stage = DEEDS[name, method], Stage(jira, connection, olga)
    place, body = reverse(name, kwargs=deed.about(stage)), deed.body(stage)
    before = AuditEntry.objects.count()

    response = send(client_of(olga, "read", "write"), method.lower(), place, body)

    assert (response.status_code, "admin" in response.json()["detail"]) == (403, True)
    assert AuditEntry.objects.count() == before
