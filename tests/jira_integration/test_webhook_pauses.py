"""Readings after events keep their distance, so that a storm costs a few of them."""

from datetime import timedelta

import pytest
from celery.signals import before_task_publish
from django.utils import timezone

from jira_integration.models import State, SyncRun, Trigger, WebhookReceiver
from jira_integration.sync.plan import plan_reads
from jira_integration.sync.settle import space_out
from tests.jira_integration.events import body_of, identified, opened, send
from tests.jira_integration.stage import started


@pytest.mark.parametrize(("issues", "seconds"), [(0, 0.5), (50, 0.5), (400, 3.2), (5_000, 10)])
def test_the_more_there_was_to_read_the_longer_the_pause(linked, issues, seconds):
    now = timezone.now()

    assert opened().breathe(issues, now) == now + timedelta(seconds=seconds)


@pytest.fixture
def rings():
    """Until when each ring is held back."""
    until = []

    def note(headers, **_facts):
        until.append(headers["eta"])

    before_task_publish.connect(note)
    yield until
    before_task_publish.disconnect(note)


def test_a_run_asked_for_while_one_is_planned_keeps_the_pause_too_and_is_rung_for_then(
    linked, rings, django_capture_on_commit_callbacks
):
    receiver = opened()
    run = started(Trigger.WEBHOOK)
    plan = plan_reads(run)
    send(receiver, body_of(1), **identified(2))

    with django_capture_on_commit_callbacks(execute=True):
        space_out(run, plan, timezone.now())

    waiting = SyncRun.objects.get(state=State.WAITING)
    assert waiting.not_before is not None
    assert waiting.not_before == WebhookReceiver.objects.get().breathes_until
    assert rings == [waiting.not_before.isoformat()]


def test_a_pause_that_nobody_waits_through_rings_for_nobody(
    linked, rings, django_capture_on_commit_callbacks
):
    opened()
    run = started(Trigger.WEBHOOK)

    with django_capture_on_commit_callbacks(execute=True):
        space_out(run, plan_reads(run), timezone.now())

    assert rings == []
