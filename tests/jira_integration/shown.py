"""What issues show of key results, for the tests of that."""

from django.utils import timezone

from jira_integration import sync
from jira_integration.into_jira import outbox
from jira_integration.models import JiraConnection, JiraWriting, ShownKeyResult, SyncRun, Trigger


def bring_up_to_date() -> None:
    """What the schedule and the worker do within a minute, without the breaks between writes."""
    JiraWriting.objects.update(compared_at=None)
    ShownKeyResult.objects.filter(failure_code="").update(not_before=None)
    outbox.tick(timezone.now())
    for connection in JiraConnection.objects.all():
        sync.run_waiting(connection.pk)


def titles(jira, key: str) -> list[str]:
    return [each.title for each in jira.remote_links(key)]


def last_write() -> SyncRun:
    found = SyncRun.objects.filter(trigger=Trigger.WRITE).first()
    assert found
    return found
