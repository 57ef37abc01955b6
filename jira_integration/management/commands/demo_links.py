"""manage.py demo_links: connects the demo company to a sandbox Jira and links what it works on."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from jira_integration import registering, sync
from jira_integration.calculation import Measure, Without
from jira_integration.client import CloudClient, Credentials, Hook, JiraClient, Shorthand
from jira_integration.connecting import examine
from jira_integration.counting import Way
from jira_integration.demo import LINKS, DemoLink
from jira_integration.explain import explain_error
from jira_integration.matching import ask_jira
from jira_integration.models import (
    SOURCE,
    FieldKind,
    IntegrationSettings,
    JiraConnection,
    JiraField,
    JiraLink,
    Measuring,
    Reconstruction,
    SyncRun,
    Trigger,
    Wanted,
    WebhookReceiver,
)
from jira_integration.registering import can_be_reached
from jira_integration.rights import read_rights
from jira_integration.webhooks import ISSUE_EVENTS
from okr.audit import noted
from okr.models import KeyResult

ADMIN, ADMIN_TOKEN = "ines.moreau@larkspur.example", "sandbox-admin-token"
TOKEN_LASTS = timedelta(days=200)
WORKER_WITHIN = 60.0  # seconds


class Command(BaseCommand):
    help = "Connects to a Jira, turns progress updates on, links the demo and reads it once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--server", required=True)
        parser.add_argument("--email", default="jira-bot@larkspur.example")
        parser.add_argument("--token", default="sandbox-token")

    def handle(self, *, server: str, email: str, token: str, **_options: Any) -> None:
        connection = self._connect(server, email, token)
        decided = IntegrationSettings.load()
        with noted("jira.turned_on", decided):
            decided.turn_on()
        linked = sum(self._link(connection, each) for each in LINKS)
        self.stdout.write(f"Linked {linked} key results.")
        SyncRun.objects.ask(connection, Trigger.CONNECT)
        self._read(connection)
        for each in LINKS:
            if each.by_points:
                self._weigh(connection, each)
        for key_result in KeyResult.objects.filter(tracked_by=SOURCE).select_related("owner"):
            Reconstruction.objects.ask(key_result, key_result.owner)
        self._read(connection)
        self._enter_webhook(connection)
        census = ask_jira(connection, timezone.now())
        read_rights(connection, timezone.now())
        self.stdout.write(f"{census.matched} people are matched with their accounts in Jira.")
        moved = KeyResult.objects.filter(measurements__source=SOURCE).distinct().count()
        self.stdout.write(f"Read Jira; {moved} key results follow it now.")

    def _connect(self, server: str, email: str, token: str) -> JiraConnection:
        examined = examine(server, email, token, policy_from_settings())
        if examined.failure:
            raise CommandError(explain_error(examined.failure).sentence)
        same = JiraConnection.objects.filter(server=examined.site.url)
        connection = same.first() or JiraConnection.objects.first() or JiraConnection()
        ends_on = timezone.localdate() + TOKEN_LASTS
        with noted("jira.connected", connection):
            connection.accept(examined, token, ends_on, timezone.now())
        self.stdout.write(f"Connected to {connection.server} as {connection.account_name}.")
        return connection

    def _enter_webhook(self, connection: JiraConnection) -> None:
        """As an administrator of the demo's Jira does by hand, so that numbers move at once."""
        if not can_be_reached(connection):
            return
        registering.remove(connection)
        receiver = WebhookReceiver.objects.open_for(connection)
        credentials = Credentials(ADMIN, ADMIN_TOKEN)
        with CloudClient(connection.site, credentials, policy_from_settings()) as client:
            name, secret = settings.PRODUCT_NAME, receiver.secret
            client.register_webhook(Hook(name, receiver.url, secret, ISSUE_EVENTS))

    def _read(self, connection: JiraConnection) -> None:
        """Works the runs off, or waits for a worker that does."""
        patience = time.monotonic() + WORKER_WITHIN
        while SyncRun.objects.open().filter(connection=connection).exists():
            if time.monotonic() > patience:
                raise CommandError("The readings do not end; is there a worker that hangs?")
            if not sync.run_waiting(connection.pk):
                time.sleep(0.2)

    def _weigh(self, connection: JiraConnection, demo: DemoLink) -> None:
        """By story points, where this Jira has them; the first of its choices are those."""
        choices = JiraField.objects.choices(connection.pk)
        points = next((each for each in choices if each.kind == FieldKind.POINTS), None)
        key_result = KeyResult.objects.filter(title=demo.key_result, tracked_by=SOURCE).first()
        if points and key_result:
            fields = ((connection.pk, points.ids),)
            way = Way(Measure.MEAN, fields, points.unit, Without.AVERAGE)
            Measuring.objects.choose(key_result, way, key_result.owner)

    def _link(self, connection: JiraConnection, demo: DemoLink) -> bool:
        key_result = KeyResult.objects.filter(
            title=demo.key_result, objective__cycle__closed_at=None
        ).first()
        if key_result is None:
            self.stderr.write(f"There is no key result “{demo.key_result}”.")
            return False
        with connection.client() as client:
            wanted = _wanted(client, demo)
        return JiraLink.objects.add(key_result, wanted, connection, key_result.owner) > 0


def _wanted(client: JiraClient, demo: DemoLink) -> Wanted:
    found = client.read_issues([demo.key] if demo.key else [])
    issues = [issue for batch in found for issue in batch]
    if demo.saved_filter:
        return Wanted(kept=client.kept(Shorthand.FILTER, demo.saved_filter))
    if demo.below is not None:
        return Wanted(below=(issues[0], demo.below))
    return Wanted(issues, demo.jql)
