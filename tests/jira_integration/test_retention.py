"""Sync runs, events and requests go once they are old; what is open or recent stays."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from jira_integration.models import IssueRequest, SyncRun, Trigger, WebhookDelivery, WebhookReceiver
from jira_integration.models.sync_run import State
from okr.retention import prune_daily

DAY = timedelta(days=1)


def test_old_runs_go_and_those_that_are_open_stay(connection):
    now = timezone.now()
    SyncRun.objects.all().delete()
    for finished_at, state in ((now - 366 * DAY, State.DONE), (now, State.DONE), (None, "waiting")):
        connection.runs.create(trigger=Trigger.HAND, state=state, finished_at=finished_at)

    prune_daily(now)

    assert not SyncRun.objects.filter(finished_at__lt=now - 365 * DAY).exists()
    assert SyncRun.objects.count() == 2


def test_an_event_is_known_for_thirty_days(connection):
    now, receiver = timezone.now(), WebhookReceiver.objects.open_for(connection)
    for key, age in (("old", 31), ("young", 29)):
        WebhookDelivery.objects.keep(receiver, [(key, "jira:issue_updated", 1)], now - age * DAY)

    prune_daily(now)

    assert [each.key for each in receiver.deliveries.all()] == ["young"]


def test_a_press_of_a_button_is_known_for_thirty_days(connection, key_result):
    asked, _ = IssueRequest.objects.claim(uuid4(), key_result, connection, key_result.owner)

    prune_daily(asked.asked_at + 29 * DAY)
    assert IssueRequest.objects.exists()

    prune_daily(asked.asked_at + 31 * DAY)
    assert not IssueRequest.objects.exists()
