"""Stage four: short transactions that write only what moved.

Each of them checks first that the run still holds the lease and that the percentages are those it
computed with; otherwise nothing of it is written and the run starts again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from jira_integration.alarm import tell_of_lost, tell_of_refused
from jira_integration.calculation import Measure
from jira_integration.explain import facts_of
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    Measuring,
    SyncRun,
    mirrored,
)
from jira_integration.sync.compute import Outcome
from jira_integration.sync.fetch import Found, OvertakenError
from jira_integration.sync.plan import Plan, PlannedLink
from jira_integration.sync.telling import last_told, with_split
from okr.models import KeyResult, Reading

BATCH = 500
MIRRORED = [
    "project_id",
    "key",
    "summary",
    "status",
    "category",
    "type_name",
    "changed_at",
    "unreadable_since",
]
NO: tuple[None, set[int]] = (None, set())
T = TypeVar("T")


def record(run: SyncRun, plan: Plan, found: Found, outcomes: list[Outcome], now: datetime) -> int:
    """Writes the run's result and answers how many key results moved."""

    def in_batches(rows: Sequence[T], write: Callable[[Sequence[T]], int]) -> int:
        return sum(_under_check(run, plan, write, batch) for batch in _batches(rows))

    in_batches(list(found.issues), lambda numbers: _mirror(run, found, numbers))
    lost = sorted(found.missing - plan.lost)
    in_batches(lost, lambda numbers: _mark_missing(run, numbers, now))
    in_batches(_links_with_news(run, plan, found), lambda links: _note_links(links, found, now))
    return in_batches(outcomes, lambda batch: _measure(run, batch, now))


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _under_check(
    run: SyncRun, plan: Plan, write: Callable[[Sequence[T]], int], batch: Sequence[T]
) -> int:
    with transaction.atomic():
        ours = JiraConnection.objects.holding(run.connection_id, run.lease_number)
        same = IntegrationSettings.objects.filter(version=plan.scale.version)
        if not (ours.select_for_update().exists() and same.select_for_update().exists()):
            raise OvertakenError
        return write(batch)


def _mirror(run: SyncRun, found: Found, numbers: Sequence[int]) -> int:
    """Brings the mirror up to date; an older answer never overwrites a newer one."""
    known = {row.jira_id: row for row in run.connection.issues.filter(jira_id__in=numbers)}
    rows = []
    for number in numbers:
        columns, row = mirrored(found.issues[number]), known.get(number)
        if row is None or _differs(row, columns):
            rows.append(JiraIssue(connection_id=run.connection_id, jira_id=number, **columns))
    JiraIssue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["connection", "jira_id"],
        update_fields=MIRRORED,
    )
    return len(rows)


def _differs(row: JiraIssue, columns: dict[str, Any]) -> bool:
    told_at = columns["changed_at"]
    if row.changed_at and told_at and told_at < row.changed_at:
        return False
    return any(getattr(row, name) != value for name, value in columns.items())


def _mark_missing(run: SyncRun, numbers: Sequence[int], now: datetime) -> int:
    tell_of_lost(run.connection, numbers, now)
    return run.connection.issues.filter(jira_id__in=numbers).update(unreadable_since=now)


def _links_with_news(run: SyncRun, plan: Plan, found: Found) -> list[PlannedLink]:
    """Those that were read first or for somebody who waits, that fail now, or work again."""
    if not run.reads_jira:
        return []
    searched = found.queries.keys() | found.refused.keys()
    return [
        link
        for link in plan.links
        if link.jql in searched or not plan.partial
        if _failure_code(link, found) != link.failure_code
        or (link.jql not in found.refused and (run.key_result_id or link.read_at is None))
    ]


def _note_links(links: Sequence[PlannedLink], found: Found, now: datetime) -> int:
    """A query that Jira rejects says so at its own link; one that works again is quiet."""
    read = [link.id for link in links if link.jql not in found.refused]
    JiraLink.objects.filter(pk__in=read).update(read_at=now, failure_code="", failure_facts={})
    for link in links:
        if refused := found.refused.get(link.jql):
            failure = {"failure_code": refused.code, "failure_facts": facts_of(refused)}
            JiraLink.objects.filter(pk=link.id).update(**failure)
    refused_now = [each.id for each in links if each.jql in found.refused and not each.failure_code]
    if refused_now:
        tell_of_refused(refused_now, now)
    return len(links)


def _failure_code(link: PlannedLink, found: Found) -> str:
    refused = found.refused.get(link.jql)
    return refused.code if refused else ""


def _measure(run: SyncRun, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Measures the key results that moved. One whose links or measure changed since the plan
    waits for the run that this change asked for."""
    stored = _stored([outcome.key_result_id for outcome in outcomes])
    measures = Measuring.objects.of_many(stored)
    current = [
        each
        for each in outcomes
        if each.link_ids == stored.get(each.key_result_id, NO)[1]
        and each.measure == measures.get(each.key_result_id, Measure.MEAN)
    ]
    readings = [
        reading
        for each in current
        if (reading := each.reading())
        and (each.changed_members or reading.settled != stored[each.key_result_id][0])
    ]
    _keep_members(run, [each for each in current if each.changed_members])
    told = _told(readings, current, stored)
    return KeyResult.objects.all().measure(told, SOURCE, now)


def _told(
    readings: Sequence[Reading],
    outcomes: Sequence[Outcome],
    stored: dict[int, tuple[Any, set[int]]],
) -> list[Reading]:
    """Each with the parts of its difference; nothing is asked where nothing moved."""
    last = last_told([each.key_result_id for each in readings]) if readings else {}
    by_id = {each.key_result_id: each for each in outcomes}
    return [
        with_split(each, by_id[pk], last[pk], stored[pk][0])
        for each in readings
        for pk in [each.key_result_id]
    ]


def _stored(key_result_ids: list[int]) -> dict[int, tuple[Any, set[int]]]:
    """The progress and the links of each key result as they are inside this transaction."""
    links: dict[int, set[int]] = defaultdict(set)
    rows = JiraLink.objects.filter(key_result__in=key_result_ids).select_for_update()
    for pk, key_result_id in rows.values_list("pk", "key_result_id"):
        links[key_result_id].add(pk)
    tracked = KeyResult.objects.filter(pk__in=key_result_ids, tracked_by=SOURCE)
    return {pk: (progress, links[pk]) for pk, progress in tracked.values_list("pk", "progress")}


def _keep_members(run: SyncRun, outcomes: Sequence[Outcome]) -> None:
    """Writes down what each link found and as what it counted."""
    wanted = {
        (link.id, number): category
        for outcome in outcomes
        for link in outcome.links
        for number, category in outcome.members[link.id].items()
        if link.counted.get(number) != category
    }
    gone = [
        (link.id, number)
        for outcome in outcomes
        for link in outcome.links
        for number in link.counted.keys() - outcome.members[link.id].keys()
    ]
    numbers = {number for _, number in [*wanted, *gone]}
    rows = JiraIssue.objects.filter(connection=run.connection_id, jira_id__in=numbers)
    issues = dict(rows.values_list("jira_id", "pk"))
    LinkedIssue.objects.bulk_create(
        [
            LinkedIssue(link_id=link, issue_id=issues[number], category=category)
            for (link, number), category in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["link", "issue"],
        update_fields=["category"],
        batch_size=BATCH,
    )
    _forget([(link, issues[number]) for link, number in gone])


def _forget(pairs: list[tuple[int, int]]) -> None:
    by_link = defaultdict(list)
    for link, issue in pairs:
        by_link[link].append(issue)
    for link, issues in by_link.items():
        LinkedIssue.objects.filter(link=link, issue__in=issues).delete()
