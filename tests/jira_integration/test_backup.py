"""Back up, wipe, restore: the same rows, the same pages, and nothing runs any more."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection as database
from django.urls import reverse
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from config.backup import schema
from config.backup.manifest import NAME, Manifest
from config.backup.writing import write
from jira_integration.connecting import examine
from jira_integration.models import (
    JiraConnection,
    Reconstruction,
    Successor,
    SyncRun,
    Trigger,
    WebhookReceiver,
)
from jira_integration.models.sync_run import State
from okr import proof
from okr.demo.move_in import move_in
from okr.models import AuditEntry, KeyResult, Measurement, Objective, Person, Unit
from tests.cast import make_key_result, signed_in
from tests.jira_integration.events import tell
from tests.jira_integration.stage import link, read

HOUSE = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
SETTLED = {"jira_integration.jiraconnection", "jira_integration.syncrun", "okr.auditentry"}
"""Nothing is read any more, everything is to be read soon, and the restore is logged."""


@pytest.fixture
def company(connection, jira):
    """Larkspur, two key results that follow Jira, and a secret in every column for one."""
    move_in(timezone.now())
    by_hand = KeyResult.objects.filter(
        objective__cycle__closed_at=None, kind="number", assigned_objective=None
    )
    first, second = by_hand.order_by("pk")[:2]
    link(first, "DEMO-8", "DEMO-10")
    link(second, jql="project = DEMO")
    read()
    olga = Person.objects.get(name__startswith="Olga")
    fill_with_secrets(connection, jira, olga)
    return olga


@pytest.fixture
def small(linked, jira, olga):
    """One key result that follows Jira, and the same secrets."""
    fill_with_secrets(JiraConnection.objects.get(), jira, olga)
    return linked


def fill_with_secrets(site, jira, by):
    examined = examine(jira.url, jira.email, jira.token, policy_from_settings())
    Successor.objects.put(site, examined, jira.token, by=by, at=timezone.now())
    receiver = WebhookReceiver.objects.open_for(site)
    tell(receiver, 10_008)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "company.backup"


def manifest_of(path):
    with ZipFile(path) as archive:
        return Manifest.from_json(archive.read(NAME))


def tables_of(path):
    """The checksum of the rows of each table."""
    return {table.model: table.checksum for table in manifest_of(path).tables}


def differing(one, other):
    return {name for name, found in tables_of(one).items() if tables_of(other)[name] != found}


def wipe():
    """As on a machine of its own: no row is left."""
    schema.empty_at(schema.applied())


def pages(person, at):
    """As they are at a given moment: they tell how old things are."""
    with time_machine.travel(at, tick=False):
        return _pages(person)


def _pages(person):
    key_result = KeyResult.objects.filter(jira_links__isnull=False).order_by("pk").first()
    objective = Objective.objects.order_by("pk").first()
    assert key_result
    assert objective
    own = [reverse("okr:key_result", args=[key_result.pk])]
    own.append(reverse("okr:objective", args=[objective.pk]))
    window = signed_in(person)
    answers = [window.get(path) for path in ("/my/", "/company/", "/search/?q=clinic", *own)]
    assert {answer.status_code for answer in answers} == {200}
    return [without_tokens(answer.content.decode()) for answer in answers]


def without_tokens(page):
    return [line for line in page.splitlines() if "csrf" not in line.lower()]


def test_the_company_comes_back_as_it_was(company, file, tmp_path):
    at = timezone.now()
    before, numbers = pages(company, at), proof.derive_everything().checked
    database.close()
    call_command("backup", file, verbosity=0)
    wipe()
    assert not Person.objects.exists()

    call_command("restore", file)

    assert proof.derive_everything().checked == numbers
    logged = AuditEntry.objects.newest_first()[0]
    assert logged.sentence == f"restored the backup of {manifest_of(file).made_at}"
    call_command("backup", tmp_path / "again.backup", verbosity=0)
    assert differing(file, tmp_path / "again.backup") <= SETTLED
    assert pages(company, at) == before


def test_it_moves_to_sqlite_in_another_folder_and_back(company, file, tmp_path, settings):
    call_command("backup", file, verbosity=0)

    moved = tmp_path / "moved.backup"
    there = f"call_command('restore', {str(file)!r}); call_command('backup', {str(moved)!r})"
    run_embedded(there, tmp_path / "var", settings.FIELD_KEYS)
    assert manifest_of(moved).database == "sqlite"
    assert differing(file, moved) <= SETTLED
    wipe()
    call_command("restore", moved)

    call_command("backup", tmp_path / "back.backup", verbosity=0)
    assert differing(file, tmp_path / "back.backup") <= SETTLED
    unit = Unit.objects.create(name="Night shift", slug="night-shift")
    assert unit.pk == max(Unit.objects.values_list("pk", flat=True))


def run_embedded(statement, folder, keys):
    """The product without a single setting but where its folder is: SQLite."""
    setup = "import django; django.setup(); from django.core.management import call_command; "
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_VAR": str(folder),
        "PLUMBLINE_FIELD_KEYS": ",".join(keys),
        "PATH": os.environ["PATH"],
    }
    subprocess.run(
        [sys.executable, "-c", setup + statement], cwd=HOUSE, env=environment, check=True
    )


def test_nothing_runs_any_more_and_everything_is_read_soon(small, file):
    site = JiraConnection.objects.get()
    run = SyncRun.objects.create(connection=site, trigger=Trigger.HAND, state=State.WAITING)
    assert run.start(lease_number=7, at=timezone.now())
    JiraConnection.objects.update(
        lease_number=7,
        leased_until=timezone.now() + timedelta(hours=1),
        next_read_at=timezone.now(),
    )
    call_command("backup", file, verbosity=0)

    call_command("restore", file, replace=True, yes=True)

    run.refresh_from_db()
    site.refresh_from_db()
    assert (run.state, run.starts) == (State.WAITING, 0)
    assert (site.leased_until, site.next_read_at, site.lease_number) == (None, None, 8)
    assert read().state == State.DONE


def test_a_file_of_before_an_upgrade_is_brought_forward(small, file):
    call_command("migrate", "jira_integration", "0015", verbosity=0)
    call_command("backup", file, verbosity=0)
    call_command("migrate", verbosity=0)
    Person.objects.filter(name__startswith="Ben").update(name="Somebody else")

    call_command("restore", file, replace=True, yes=True)

    assert schema.applied() != manifest_of(file).migrations
    assert Person.objects.filter(name__startswith="Ben").exists()
    assert Reconstruction.objects.count() == 0
    assert read().state == State.DONE


def test_secrets_can_be_left_out(small, olga, file, settings):
    call_command("backup", file, verbosity=0)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    call_command("restore", file, replace=True, yes=True, without_secrets=True)

    site = JiraConnection.objects.get()
    assert (site.sealed_token, site.suspended) == ("", True)
    assert site.failure is not None
    assert not Successor.objects.exists()
    assert not WebhookReceiver.objects.exists()
    assert signed_in(olga).get(reverse("jira:manage")).status_code == 200


def test_it_shows_a_moment_though_somebody_writes_meanwhile(small, file):
    """Rows that are written after its first table are in none of its tables."""
    other, now = make_key_result(small.objective, at="10"), timezone.now()
    seen, count = [], Measurement.objects.count()
    check_in = partial(
        other.check_in, by=other.owner, at=now, confidence="on_track", value=Decimal(20)
    )

    def write_meanwhile(words):
        seen.append(words)
        if len(seen) == 1:
            in_another_connection(check_in)

    manifest = write(file, now, write_meanwhile)

    assert Measurement.objects.count() == count + 1
    assert {table.model: table.rows for table in manifest.tables}["okr.measurement"] == count


def in_another_connection(act):
    def alone():
        try:
            act()
        finally:
            database.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(alone).result()
