"""Tells people once what reading cannot mend: a failing Confluence, and pages that are gone."""

from collections.abc import Collection
from datetime import datetime, timedelta

from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from okr.models import KeyResult, Notification, Objective, Occasion, Person, Role

PATIENCE = timedelta(hours=1)
REFUSED = "Confluence refused the account. Titles are read again once it is connected anew."
SILENT = "Confluence could not be read for an hour. Titles stay as they were last read."
LOST = "A Confluence page that is attached here can no longer be read. Its last title is kept."


def tell_of_failing(now: datetime) -> None:
    """OKR admins, once for each time that it fails."""
    failing = ConfluenceConnection.objects.exclude(failing_since=None)
    for connection in failing if ConfluenceSettings.load().enabled else ():
        since, words = connection.failing_since, REFUSED if connection.suspended else SILENT
        if since and (connection.suspended or since + PATIENCE < now):
            Notification.objects.tell(
                Person.objects.active().filter(role=Role.OKR_ADMIN),
                Occasion.SYNC_FAILING,
                at=now,
                words=words,
                key=f"confluence-failing-{connection.pk}-{since:%Y%m%d%H%M%S}",
            )


def tell_of_lost(connection: ConfluenceConnection, numbers: Collection[int], now: datetime) -> None:
    """The owners of open key results with these pages: once a day for each, however many."""
    evidence = Evidence.objects.filter(page__connection=connection, page__number__in=numbers)
    still_open = Objective.objects.open().values("pk")
    concerned = KeyResult.objects.filter(pk__in=evidence.values("key_result"))
    for key_result in concerned.filter(objective__in=still_open).select_related("owner"):
        key = f"evidence-lost-{key_result.pk}-{now:%Y%m%d}"
        Notification.objects.tell(
            [key_result.owner], Occasion.LINK_BROKEN, about=key_result, at=now, words=LOST, key=key
        )
