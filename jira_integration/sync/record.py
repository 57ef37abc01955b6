"""Stage four: short transactions that write only what moved.

Each of them checks first that the run still holds the lease and that the percentages are those it
computed with; otherwise nothing of it is written and the run starts again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from jira_integration.alarm import tell_of_lost, tell_of_refused
from jira_integration.calculation import IssueId
from jira_integration.counting import Way
from jira_integration.explain import facts_of
from jira_integration.keeping import Why
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraField,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    Measuring,
    SyncRun,
    Trigger,
    Unlinked,
    mirrored,
)
from jira_integration.models.counted import AS_COUNTED, columns
from jira_integration.models.sync_run import BY_NOBODY
from jira_integration.sync.compute import Outcome
from jira_integration.sync.fetch import Found, OvertakenError
from jira_integration.sync.planned import MEAN, Plan, PlannedLink
from jira_integration.sync.telling import is_made_otherwise, last_told, with_split
from okr.models import KeyResult, Reading

BATCH = 500
MIRRORED = [
    "project_id",
    "key",
    "summary",
    "status",
    "category",
    "type_name",
    "resolution_id",
    "resolution",
    "numbers",
    "changed_at",
    "unreadable_since",
]
T = TypeVar("T")


def record(run: SyncRun, plan: Plan, found: Found, outcomes: list[Outcome], now: datetime) -> int:
    """Writes the run's result and answers how many key results moved."""

    def in_batches(rows: Sequence[T], write: Callable[[Sequence[T]], int]) -> int:
        return sum(_under_check(run, plan, write, batch) for batch in _batches(rows))

    in_batches(list(found.issues), lambda numbers: _mirror(run, found, numbers))
    lost = sorted(found.missing - plan.lost)
    in_batches(lost, lambda numbers: _mark_missing(run, numbers, now))
    in_batches(list(found.outside), lambda numbers: _note_outside(run, found, numbers))
    in_batches(_links_with_news(run, plan, found), lambda links: _note_links(links, found, now))
    in_batches(found.fields[:1], lambda _: _list_fields(run, found, now))
    return in_batches(outcomes, lambda batch: _measure(run, plan, found, batch, now))


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


def _list_fields(run: SyncRun, found: Found, now: datetime) -> int:
    JiraField.objects.refresh(run.connection, found.fields, now)
    return len(found.fields)


def _mark_missing(run: SyncRun, numbers: Sequence[int], now: datetime) -> int:
    tell_of_lost(run.connection, numbers, now)
    return run.connection.issues.filter(jira_id__in=numbers).update(unreadable_since=now)


def _note_outside(run: SyncRun, found: Found, numbers: Sequence[int]) -> int:
    """Of what we know only where it lies now; of what we never knew, nothing."""
    moved = 0
    for project in {found.outside[number] for number in numbers}:
        there = [number for number in numbers if found.outside[number] == project]
        known = run.connection.issues.filter(jira_id__in=there).exclude(project_id=project)
        moved += known.update(project_id=project, unreadable_since=None)
    return moved


def _links_with_news(run: SyncRun, plan: Plan, found: Found) -> list[PlannedLink]:
    """Those that were read first or for somebody who waits, that fail now, or work again."""
    if not run.reads_jira:
        return []
    searched = found.queries.keys() | found.refused.keys()
    return [
        link
        for link in plan.own_links
        if link.search in searched or not plan.partial
        if _failure_code(link, found) != link.failure_code
        or (link.search not in found.refused and (run.key_result_id or link.read_at is None))
    ]


def _note_links(links: Sequence[PlannedLink], found: Found, now: datetime) -> int:
    """A query that Jira rejects says so at its own link; one that works again is quiet."""
    read = [link.id for link in links if link.search not in found.refused]
    JiraLink.objects.filter(pk__in=read).update(read_at=now, failure_code="", failure_facts={})
    for link in links:
        if error := found.refused.get(link.search):
            failure = {"failure_code": error.code, "failure_facts": facts_of(error)}
            JiraLink.objects.filter(pk=link.id).update(**failure)
    refused = [each for each in links if each.search in found.refused]
    refused_now = [each.id for each in refused if not each.failure_code]
    if refused_now:
        tell_of_refused(refused_now, now)
    return len(links)


def _failure_code(link: PlannedLink, found: Found) -> str:
    refused = found.refused.get(link.search)
    return refused.code if refused else ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A key result as it is inside the transaction that is about to measure it."""

    progress: Decimal | None
    measured_at: datetime | None
    links: set[int]
    way: Way


def _measure(
    run: SyncRun, plan: Plan, found: Found, outcomes: Sequence[Outcome], now: datetime
) -> int:
    """Measures the key results that moved. One whose links or measure changed since the plan
    waits for the run that this change asked for, one that another site moved is read again."""
    stored = _stored([outcome.key_result_id for outcome in outcomes])
    current = [each for each in outcomes if _is_current(each, stored, run, plan)]
    ask_last = run.trigger not in BY_NOBODY
    last = last_told([each.key_result_id for each in current]) if ask_last else {}
    changed = [
        each
        for each in current
        if (reading := each.reading())
        and (
            each.changed_members
            or each.unlinked
            or reading.settled != stored[each.key_result_id].progress
            or is_made_otherwise(each, last.get(each.key_result_id))
        )
    ]
    last = last if ask_last or not changed else last_told([each.key_result_id for each in changed])
    _keep_members([each for each in current if each.changed_members])
    _forget_queries(current, found)
    _forget_unlinked([each for each in changed if each.unlinked])
    told = [_told(each, last, stored[each.key_result_id].progress) for each in changed]
    return KeyResult.objects.all().measure(filter(None, told), SOURCE, now)


def _told(
    outcome: Outcome, last: Mapping[int, Why | None], progress: Decimal | None
) -> Reading | None:
    reading = outcome.reading()
    return reading and with_split(reading, outcome, last.get(outcome.key_result_id), progress)


def _is_current(outcome: Outcome, stored: Mapping[int, Stored], run: SyncRun, plan: Plan) -> bool:
    pk = outcome.key_result_id
    now = stored.get(pk)
    if now is None or outcome.link_ids != now.links or outcome.way != now.way:
        return False
    if pk in plan.measured_at and plan.measured_at[pk] != now.measured_at:
        SyncRun.objects.ask(run.connection, Trigger.MIXED, key_result=KeyResult(pk=pk))
        return False
    return True


def _stored(key_result_ids: list[int]) -> dict[int, Stored]:
    """Those that follow Jira, by their number."""
    links: dict[int, set[int]] = defaultdict(set)
    rows = JiraLink.objects.filter(key_result__in=key_result_ids).select_for_update()
    for pk, key_result_id in rows.values_list("pk", "key_result_id"):
        links[key_result_id].add(pk)
    ways = Measuring.objects.of_many(key_result_ids)
    tracked = KeyResult.objects.filter(pk__in=key_result_ids, tracked_by=SOURCE)
    return {
        pk: Stored(progress, measured_at, links[pk], ways.get(pk, MEAN))
        for pk, progress, measured_at in tracked.values_list("pk", "progress", "measured_at")
    }


def _keep_members(outcomes: Sequence[Outcome]) -> None:
    """Writes down what each link found and as what it counted."""
    links = [(link, outcome.members[link.id]) for outcome in outcomes for link in outcome.links]
    wanted = {
        (link.id, name): counted
        for link, members in links
        for name, counted in members.items()
        if link.counted.get(name) != counted
    }
    gone = [(link.id, name) for link, members in links for name in link.counted.keys() - members]
    issues = _rows_of({name for _, name in [*wanted, *gone]})
    LinkedIssue.objects.bulk_create(
        [
            LinkedIssue(link_id=link, issue_id=issues[name], **columns(counted))
            for (link, name), counted in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["link", "issue"],
        update_fields=AS_COUNTED,
        batch_size=BATCH,
    )
    _forget([(link, issues[name]) for link, name in gone])


def _rows_of(names: Collection[IssueId]) -> dict[IssueId, int]:
    """The mirror's rows of issues; one query a site."""
    found: dict[IssueId, int] = {}
    for site in {name.site for name in names}:
        numbers = [name.number for name in names if name.site == site]
        rows = JiraIssue.objects.filter(connection=site, jira_id__in=numbers)
        found |= {IssueId(site, number): pk for number, pk in rows.values_list("jira_id", "pk")}
    return found


def _forget_queries(outcomes: Sequence[Outcome], found: Found) -> None:
    """What a link found by another query than its own is told from here on."""
    for link in (link for each in outcomes for link in each.links if link.requeried):
        if link.search in found.queries:
            JiraLink.objects.filter(pk=link.id, jql=link.jql).update(requeried=False)


def _forget_unlinked(outcomes: Sequence[Outcome]) -> None:
    told = [each.key_result_id for each in outcomes]
    if told:
        Unlinked.objects.filter(key_result__in=told).delete()


def _forget(pairs: list[tuple[int, int]]) -> None:
    by_link = defaultdict(list)
    for link, issue in pairs:
        by_link[link].append(issue)
    for link, issues in by_link.items():
        LinkedIssue.objects.filter(link=link, issue__in=issues).delete()
