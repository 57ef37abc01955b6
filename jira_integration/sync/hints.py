"""What Jira said has changed, and which links that concerns."""

from collections.abc import Collection

from django.db.models import Q

from jira_integration.models import (
    LinkedIssue,
    LinkKind,
    SyncRun,
    WebhookDelivery,
    WebhookReceiver,
)
from jira_integration.models.delivery import Marks
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.models.webhook import SEARCHES_APART


def marks_for(run: SyncRun) -> Marks:
    """The issues that a reading of the site clears; marks made from now on are not among them."""
    whole = run.reads_jira and run.key_result_id is None
    return WebhookDelivery.objects.marks(run.connection_id) if whole else {}


def concerned(links: JiraLinkQuerySet, marked: Collection[int], *, all_queries: bool) -> Q:
    """The links of key results that count one of the issues, or that search for issues.

    A link that was never read waits for the run that was asked for when it was made.
    """
    counting = LinkedIssue.objects.filter(link__in=links.values("pk"), issue__jira_id__among=marked)
    chosen = Q(key_result__in=counting.values("link__key_result"))
    if all_queries:
        searching = links.exclude(kind=LinkKind.ISSUE)
        chosen |= Q(key_result__in=searching.values("key_result"))
    unread = links.filter(read_at=None)
    return chosen & ~Q(key_result__in=unread.values("key_result"))


def searches_for(run: SyncRun, links: JiraLinkQuerySet, marked: Collection[int]) -> bool:
    """Whether an event's run has to search: for what nobody counts yet, and after Jira's lag."""
    receiver, now = WebhookReceiver.objects.of(run.connection), run.started_at
    if receiver is None or now is None or not links.exclude(kind=LinkKind.ISSUE).exists():
        return False
    counted = LinkedIssue.objects.filter(link__in=links.values("pk"), issue__jira_id__among=marked)
    unknown = counted.values("issue").distinct().count() < len(marked)
    due = receiver.search_due_at is not None and receiver.search_due_at <= now
    if (due or unknown) and not receiver.may_search(now):
        assert receiver.searched_at  # noqa: S101  narrows the type
        receiver.search_by(receiver.searched_at + SEARCHES_APART)
        return False
    return due or unknown
