"""Every address of the room at which only OKR admins may send something fills the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jira_integration.client import WrongCredentials
from jira_integration.into_jira.rights import CREATES, SHOWS
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    SyncRun,
    Trigger,
    WebhookReceiver,
)
from jira_sandbox.testing import SandboxJira
from okr.models import AuditEntry, Person
from tests.cast import signed_in
from tests.jira_integration.matrix.routes import AT_A_SITE, ROUTES
from tests.jira_integration.seen import url
from tests.jira_integration.tokens import SECOND, grant, put
from tests.okr.matrix.deeds import Deed, untold

ADDRESS = "198.51.100.7"
ADMIN_TOKEN = "sandbox-admin-token"
CHANGES_NOTHING = {
    "jira:import": "a file is read and checked; nothing is written before Confirm",
    "jira:read_rights": "Jira is asked what the account may do; nothing is decided",
}


@dataclass
class Stage:
    jira: SandboxJira
    site: JiraConnection
    olga: Person
    client: Client

    def off(self) -> None:
        IntegrationSettings.load().turn_off()

    def selected(self) -> None:
        IntegrationSettings.load().allow_only(Person.objects.filter(pk=self.olga.pk))

    def refused(self) -> None:
        self.site.failed(WrongCredentials(host=self.site.host), timezone.now())

    def receiver(self) -> None:
        WebhookReceiver.objects.open_for(self.site)

    def waiting(self) -> None:
        put(self.client, self.jira)

    def creating(self) -> None:
        JiraWriting.objects.of(self.site).switch(CREATES, on=True)

    def showing(self) -> None:
        JiraWriting.objects.of(self.site).switch(SHOWS, on=True)

    def as_admin(self) -> None:
        """Jira answers only its administrators what other people may browse."""
        boxes = {"email": self.jira.admin_email, "server": self.jira.url, "token": ADMIN_TOKEN}
        assert self.client.post(url("credentials"), boxes).status_code == 302

    def credentials(self) -> dict[str, Any]:
        grant(self.jira)
        return {"email": self.jira.email, "server": self.jira.url, "token": SECOND}

    def project(self) -> dict[str, Any]:
        return {"which": "chosen", "projects": [self.jira.site.projects["DEMO"].id]}

    def run(self) -> dict[str, Any]:
        return {"pk": SyncRun.objects.ask(self.site, Trigger.HAND, by=self.olga).pk}


def nothing(_: Stage) -> None:
    """Most deeds need no more than the connection."""


def of_site(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.site.pk}


PERCENTAGES = {"to_do": "0", "in_progress": "60", "done": "100"}
DEEDS: dict[str, tuple[Deed, Callable[[Stage], None]]] = {
    "jira:switch": (Deed("jira.turned_on"), Stage.off),
    "jira:turn_off": (Deed("jira.turned_off"), nothing),
    "jira:connect": (Deed("jira.reconnected", Stage.credentials), nothing),
    "jira:credentials": (Deed("jira.reconnected", Stage.credentials), nothing),
    "jira:test": (Deed("jira.reconnected"), Stage.refused),
    "jira:site_name": (Deed("jira.renamed", lambda _: {"name": "Main"}, of_site), nothing),
    "jira:percentages": (Deed("jira.percentages", lambda _: PERCENTAGES), nothing),
    "jira:left_out": (Deed("jira.left_out", lambda _: {"resolutions": ["10001"]}), nothing),
    "jira:access": (Deed("jira.everybody", lambda _: {"who_may_link": "all"}), Stage.selected),
    "jira:users": (
        Deed("jira.selected", lambda stage: {"save": "1", "chosen": str(stage.olga.pk)}), nothing
    ),
    "jira:projects": (Deed("jira.projects", Stage.project), nothing),
    "jira:own_rights": (Deed("jira.own_rights"), Stage.as_admin),
    "jira:look_up": (Deed("jira.accounts"), Stage.as_admin),
    "jira:sync_now": (Deed("jira.sync"), nothing),
    "jira:cancel": (Deed("jira.cancelled", about=Stage.run), nothing),
    "jira:into_switch": (
        Deed("jira.into", about=lambda stage: of_site(stage) | {"name": CREATES}), Stage.creating
    ),
    "jira:into_hide": (Deed("jira.into", about=of_site), Stage.showing),
    "jira:into_again": (Deed("jira.into_again", about=of_site), Stage.showing),
    "jira:register_webhook": (Deed("jira.webhook_opened"), nothing),
    "jira:webhook_by_hand": (Deed("jira.webhook_opened"), nothing),
    "jira:remove_webhook": (Deed("jira.webhook_closed"), Stage.receiver),
    "jira:token_end": (Deed("jira.token_end", lambda _: {
        "ends_on": str(timezone.localdate() + timedelta(days=90)),
    }), nothing),
    "jira:successor": (Deed("jira.successor_put", Stage.credentials), nothing),
    "jira:use_successor": (Deed("jira.successor_used"), Stage.waiting),
    "jira:remove_successor": (Deed("jira.successor_removed"), Stage.waiting),
}  # fmt: skip
OF_SEVERAL_SITES = ("jira:connect_another", "jira:remove_site")
SAME_VIEW = [f"jira:site_{name}" for name in AT_A_SITE]


@pytest.fixture
def stage(jira, connection, olga) -> Stage:
    return Stage(jira, connection, olga, signed_in(olga))


def told(act: Callable[[], Any]) -> list[AuditEntry]:
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    act()
    return [each for each in AuditEntry.objects.all() if each.pk not in before]


def test_every_address_of_admins_is_told():
    pages = {name: each for name, each in ROUTES.items() if not each.spoken}
    names = untold(pages, [*DEEDS, *OF_SEVERAL_SITES, *SAME_VIEW], CHANGES_NOTHING)
    assert not names, f"{', '.join(names)}: add a Deed, or the reason why it changes nothing"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_what_an_admin_does_is_logged(stage, name):
    deed, prepare = DEEDS[name]
    prepare(stage)
    place, fields = reverse(name, kwargs=deed.about(stage)), deed.fields(stage)
    entries = told(lambda: stage.client.post(place, fields, REMOTE_ADDR=ADDRESS))

    assert deed.action in [each.action for each in entries]
    assert {(each.by_id, each.address) for each in entries} == {(stage.olga.pk, ADDRESS)}
    assert not any("{" in each.sentence for each in entries)


def test_a_further_site_is_logged_from_its_beginning_to_its_end(stage, support_jira):
    boxes = {"email": support_jira.email, "server": support_jira.url, "token": support_jira.token}
    typed = boxes | {"name": "Support"}
    come = told(lambda: stage.client.post(url("connect_another"), typed))
    assert "jira.connected" in [each.action for each in come]
    assert f"connected Support ({support_jira.place})" in [each.sentence for each in come]

    support = JiraConnection.objects.get(name="Support")
    [*_, gone] = told(lambda: stage.client.post(url("remove_site", support.pk)))[::-1]
    entries = AuditEntry.objects.filter(action="jira.removed")
    assert [each.about_id for each in entries] == [support.pk]
    assert gone.by_id == stage.olga.pk


def test_the_percentages_stand_in_the_sentence(stage):
    [entry] = told(lambda: stage.client.post(url("percentages"), PERCENTAGES))
    assert entry.sentence == "changed the percentages: In Progress 50 → 60"
    assert entry.changes == [["In Progress", "50", "60"]]


def test_who_may_link_is_told_by_name(stage, ben, cleo):
    [entry] = told(
        lambda: stage.client.post(url("users"), {"save": "1", "chosen": f"{ben.pk},{cleo.pk}"})
    )
    assert entry.sentence == "allowed only 2 selected users to link Jira issues"
    assert ["Added", "", "Ben Okafor, Cleo Marchetti"] in entry.changes


def test_what_jira_refuses_leaves_no_entry(stage):
    boxes = {"email": stage.jira.email, "server": stage.jira.url, "token": "nonsense"}
    assert told(lambda: stage.client.post(url("credentials"), boxes)) == []
