"""Lets what Jira feeds go on being fed when it is carried into another cycle."""

from collections.abc import Sequence

from jira_integration.models import SOURCE, JiraConnection, JiraLink, Measuring, SyncRun, Trigger
from jira_integration.models.measuring import columns
from okr.models import KeyResult
from okr.slots import fill

FOUND_BY = ("connection_id", "kind", "issue_id", "depth", "jql", "kept_id", "name")
COPIED = (*FOUND_BY, "weight", "by_id")


@fill("key_results.carried")
def carried(pairs: Sequence[tuple[KeyResult, KeyResult]]) -> None:
    """Copies the links and the measure, and asks for one reading of each site."""
    new_of = {old.pk: new for old, new in pairs if old.tracked_by == SOURCE}
    links = list(JiraLink.objects.filter(key_result__in=new_of))
    JiraLink.objects.bulk_create(_copy(link, new_of[link.key_result_id]) for link in links)
    Measuring.objects.bulk_create(
        Measuring(key_result=new_of[pk], **columns(way))
        for pk, way in Measuring.objects.of_many(new_of).items()
    )
    linked = {new_of[link.key_result_id].pk for link in links}
    KeyResult.objects.filter(pk__in=linked).track_by(SOURCE)
    for connection in JiraConnection.objects.filter(pk__in={link.connection_id for link in links}):
        SyncRun.objects.ask(connection, Trigger.LINK)


def _copy(link: JiraLink, key_result: KeyResult) -> JiraLink:
    same = {name: getattr(link, name) for name in COPIED}
    return JiraLink(key_result=key_result, **same)
