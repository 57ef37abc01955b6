"""After a restore nobody reads any more, and a secret that was left out is asked for again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from atlassian_accounts.models import (
    AccountsRead,
    AccountsSettings,
    OrganizationConnection,
    State,
    Trigger,
)
from atlassian_accounts.restoring import settle
from atlassian_accounts.retention import kept
from okr.sealing import seal


@pytest.fixture
def under_way(db):
    """A reading that a worker held when the backup was made."""
    connection = OrganizationConnection(
        label="Head office", organization_id="one", secret_saved_at=timezone.now()
    )
    connection.sealed_secret = seal("a key", connection.origin)
    connection.save()
    AccountsSettings.load().turn_on()
    number = OrganizationConnection.objects.claim(connection.pk, timezone.now())
    run = AccountsRead.objects.ask(connection, Trigger.HAND)
    assert number
    assert run.start(number, timezone.now())
    return connection


def test_a_reading_of_before_waits_for_a_worker_of_now(under_way):
    settle(timezone.now(), without_secrets=False)
    assert AccountsRead.objects.get().state == State.WAITING
    assert AccountsRead.objects.unserved(timezone.now()).exists()
    assert OrganizationConnection.objects.get().opened() == "a key"


def test_a_secret_that_was_left_out_stops_reading_and_says_so(under_way):
    settle(timezone.now(), without_secrets=True)
    connection = OrganizationConnection.objects.get()
    assert connection.sealed_secret == ""
    assert connection.suspended
    assert connection.failure


def test_readings_go_when_they_are_old_and_accounts_stay(under_way):
    AccountsRead.objects.get().finish(State.DONE, timezone.now())
    rows = kept()[0]
    assert not rows.older_than(timezone.now() - timedelta(days=1)).exists()
    assert rows.older_than(timezone.now() + timedelta(days=1)).count() == 1
