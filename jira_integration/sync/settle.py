"""After a reading: what it cleared, and what came or became due meanwhile."""

from datetime import datetime

from jira_integration.models import SyncRun, Trigger, WebhookDelivery, WebhookReceiver
from jira_integration.models.webhook import SEARCH_LAG, SEARCHES_APART
from jira_integration.sync.planned import Plan


def space_out(run: SyncRun, plan: Plan, now: datetime) -> None:
    """Keeps the next event's run away from this one, so that a storm costs a few readings."""
    receiver = WebhookReceiver.objects.of(run.connection) if plan.partial else None
    if receiver:
        until = receiver.breathe(len(plan.marks), now)
        SyncRun.objects.put_off(run.connection_id, until)


def settle(run: SyncRun, plan: Plan, now: datetime) -> None:
    """After the record: what was read is clean, and what came meanwhile gets a run of its own."""
    receiver = WebhookReceiver.objects.of(run.connection)
    if receiver is None:
        return
    begun, last = run.started_at or now, receiver.last_event_at
    if plan.searches and run.key_result_id is None and run.reads_jira:
        receiver.searched(begun)
    if last and last > begun - SEARCH_LAG and plan.searching:
        receiver.search_by(last + SEARCH_LAG)
    WebhookDelivery.objects.clear(plan.marks)
    receiver.refresh_from_db(fields=["breathes_until", "search_due_at"])
    soon = receiver.search_due_at and receiver.search_due_at < now + SEARCHES_APART
    if WebhookDelivery.objects.of(run.connection_id).unread().exists():
        SyncRun.objects.ask(run.connection, Trigger.WEBHOOK, not_before=receiver.breathes_until)
    elif soon:
        SyncRun.objects.ask(run.connection, Trigger.WEBHOOK, not_before=receiver.search_due_at)
