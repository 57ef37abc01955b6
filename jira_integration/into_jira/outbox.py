"""Finds out what Jira does not show as it is, and asks for a run that writes it.

Rows are compared with what should stand there; so a lost ring, a crash or a change that nobody told
us of is found the next time. Writing is for the run, behind the lease of the site.
"""

from datetime import datetime

from django.utils import timezone

from jira_integration.into_jira.signs import Sign, address_of, signs
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraWriting,
    ShownKeyResult,
    SyncRun,
    Trigger,
)

BATCH = 500
BREATH_SECONDS = 5


def tick(now: datetime) -> None:
    """Compares where something moved or a minute has passed; asks for what is to be written."""
    for writing in JiraWriting.objects.to_compare(now):
        line_up(writing, now)
    for writing in JiraWriting.objects.in_use():
        ask(writing, now)


def after_run(run: SyncRun) -> None:
    """After a reading that moved something, or a person's; a storm of them is left to the tick."""
    writing = JiraWriting.objects.filter(connection=run.connection_id).first()
    if writing is None or not (writing.shows_key_results and (run.changed or run.by_id)):
        return
    now = timezone.now()
    last = writing.compared_at
    if last and (now - last).total_seconds() < BREATH_SECONDS:
        JiraWriting.objects.spoil(run.connection_id)
        return
    line_up(writing, now)
    ask(writing, now)


def line_up(writing: JiraWriting, now: datetime) -> None:
    """Marks what has to be written. While all updates are off, everything stays as it is; what
    somebody switched off here is removed even then."""
    if writing.shows_key_results and not IntegrationSettings.load().enabled:
        return
    JiraWriting.objects.filter(pk=writing.pk).update(is_stale=False, compared_at=now)
    connection = writing.connection
    wanted = signs(connection) if writing.shows_key_results else {}
    _add(connection, wanted)
    rows = ShownKeyResult.objects.filter(connection=connection)
    stale, unwanted = [], []
    for row in rows.only("issue_id", "key_result_id", "sent", "is_wanted", "is_due"):
        sign = wanted.get((row.issue_id, row.key_result_id or 0))
        if sign is None:
            unwanted.append(row.pk)
        elif (not row.is_due and row.sent != sign.sent) or not row.is_wanted:
            stale.append(row.pk)
    for pks in _batches(stale):
        rows.filter(pk__in=pks).update(is_due=True, is_wanted=True)
    for pks in _batches(unwanted):
        rows.filter(pk__in=pks, tried_at=None).delete()
        rows.filter(pk__in=pks, is_wanted=True).update(
            is_due=True, is_wanted=False, not_before=None
        )


def ask(writing: JiraWriting, now: datetime) -> None:
    if writing.may_write(now) and is_something_ready(writing, now):
        SyncRun.objects.ask(writing.connection, Trigger.WRITE)


def is_something_ready(writing: JiraWriting, now: datetime) -> bool:
    return ShownKeyResult.objects.ready(writing.connection_id, now).exists()


def _add(connection: JiraConnection, wanted: dict[tuple[int, int], Sign]) -> None:
    rows = ShownKeyResult.objects.filter(connection=connection)
    known = set(rows.values_list("issue", "key_result"))
    ShownKeyResult.objects.bulk_create(
        [
            ShownKeyResult(
                connection=connection,
                issue_id=issue,
                key_result_id=key_result,
                global_id=address_of(key_result),
            )
            for issue, key_result in wanted.keys() - known
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _batches(pks: list[int]) -> list[list[int]]:
    return [pks[at : at + BATCH] for at in range(0, len(pks), BATCH)]
