"""Tells people in the product what the sync cannot mend: a failing site, links that broke."""

from collections.abc import Collection
from datetime import datetime

from jira_integration.health import PATIENCE
from jira_integration.models import IntegrationSettings, JiraConnection, JiraIssue, JiraLink
from jira_integration.models.wanted import LinkKind
from jira_integration.sites import are_several
from okr.models import KeyResult, Notification, Occasion, Person, Role

REFUSED = "{site} refused the account. Nothing is read until {site} is connected again."
SILENT = "{site} could not be read for an hour. Progress stays as it is."
QUERY = "Jira refuses a search that feeds this. Progress stays as it is until that is mended."
ISSUE = "A linked issue can no longer be read. It counts at its last known status."


def tell_of_failing(now: datetime) -> None:
    """OKR admins, once for each time that a site fails; as its page calls it."""
    failing = JiraConnection.objects.exclude(failing_since=None)
    for connection in failing if IntegrationSettings.load().enabled else ():
        since, words = connection.failing_since, REFUSED if connection.suspended else SILENT
        if since and (connection.suspended or since + PATIENCE < now):
            Notification.objects.tell(
                Person.objects.active().filter(role=Role.OKR_ADMIN),
                Occasion.SYNC_FAILING,
                at=now,
                words=words.format(site=connection.name if are_several() else "Jira"),
                key=f"sync-failing-{connection.pk}-{since:%Y%m%d%H%M%S}",
            )


def tell_of_refused(link_ids: Collection[int], now: datetime) -> None:
    """The owners of the key results that these queries feed."""
    links = JiraLink.objects.filter(pk__in=link_ids)
    _tell_owners(links.values_list("key_result", flat=True), QUERY, now)


def tell_of_lost(connection: JiraConnection, numbers: Collection[int], now: datetime) -> None:
    """The owners of the key results to which these issues are linked one by one."""
    lost = JiraIssue.objects.filter(connection=connection, jira_id__in=numbers)
    links = JiraLink.objects.filter(kind=LinkKind.ISSUE, issue__in=lost)
    _tell_owners(links.values_list("key_result", flat=True), ISSUE, now)


def _tell_owners(key_result_ids: Collection[int], words: str, now: datetime) -> None:
    """Once a day for each key result, however many of its links break."""
    broken = KeyResult.objects.filter(pk__in=set(key_result_ids))
    for key_result in broken.select_related("owner"):
        key = f"link-broken-{key_result.pk}-{now:%Y%m%d}"
        Notification.objects.tell(
            [key_result.owner], Occasion.LINK_BROKEN, about=key_result, at=now, words=words, key=key
        )
