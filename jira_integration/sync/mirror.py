"""What was found of issues and links goes into the mirror: short transactions, only what is news.

Numbers are worked out from there, so that a reading that breaks off in between is made up for by
the next one.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from jira_integration.alarm import tell_of_lost, tell_of_refused
from jira_integration.explain import facts_of
from jira_integration.models import JiraField, JiraIssue, JiraLink, SyncRun, mirrored
from jira_integration.sync.checked import in_batches
from jira_integration.sync.found import Found
from jira_integration.sync.planned import Plan, PlannedLink

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
    "fingerprint",
]


def mirror(run: SyncRun, plan: Plan, found: Found, now: datetime) -> None:
    """Raises OvertakenError where lease or percentages are not those of the plan."""
    write = partial(in_batches, run, plan.scale)
    write(list(found.issues), lambda numbers: _mirror(run, found, numbers))
    write(sorted(found.missing), lambda numbers: _mark_missing(run, numbers, now))
    write(list(found.outside), lambda numbers: _note_outside(run, found, numbers))
    if run.reads_jira:
        write(_links_with_news(run, plan, found), lambda links: _note_links(links, found, now))
        singly = plan.noted - {link.id for link in plan.searching}
        write(sorted(singly), lambda links: _note_read(links, now))
    write(found.fields[:1], lambda _: _list_fields(run, found, now))


def _mirror(run: SyncRun, found: Found, numbers: Sequence[int]) -> int:
    """Brings the mirror up to date; an older answer never overwrites a newer one."""
    known = {row.jira_id: row for row in run.connection.issues.filter(jira_id__among=numbers)}
    rows = []
    for number in numbers:
        columns, row = _columns(found, number), known.get(number)
        if row is None or _differs(row, columns):
            rows.append(JiraIssue(connection_id=run.connection_id, jira_id=number, **columns))
    JiraIssue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["connection", "jira_id"],
        update_fields=MIRRORED,
    )
    return len(rows)


def _columns(found: Found, number: int) -> dict[str, Any]:
    return mirrored(found.issues[number]) | {"fingerprint": found.fingerprints[number]}


def _differs(row: JiraIssue, columns: dict[str, Any]) -> bool:
    told_at = columns["changed_at"]
    if row.changed_at and told_at and told_at < row.changed_at:
        return False
    return any(getattr(row, name) != value for name, value in columns.items())


def _list_fields(run: SyncRun, found: Found, now: datetime) -> int:
    JiraField.objects.refresh(run.connection, found.fields, now)
    return len(found.fields)


def _mark_missing(run: SyncRun, numbers: Sequence[int], now: datetime) -> int:
    """Those that could still be read the last time."""
    known = run.connection.issues.filter(jira_id__among=numbers, unreadable_since=None)
    lost = list(known.values_list("jira_id", flat=True))
    if not lost:
        return 0
    tell_of_lost(run.connection, lost, now)
    return run.connection.issues.filter(jira_id__among=lost).update(unreadable_since=now)


def _note_outside(run: SyncRun, found: Found, numbers: Sequence[int]) -> int:
    """Of what we know only where it lies now; of what we never knew, nothing."""
    moved = 0
    for project in {found.outside[number] for number in numbers}:
        there = [number for number in numbers if found.outside[number] == project]
        known = run.connection.issues.filter(jira_id__among=there).exclude(project_id=project)
        moved += known.update(project_id=project, unreadable_since=None, fingerprint="")
    return moved


def _links_with_news(run: SyncRun, plan: Plan, found: Found) -> list[PlannedLink]:
    """Searches that were read first or for somebody who waits, that fail now, or work again."""
    searched = found.queries.keys() | found.refused.keys()
    return [
        link
        for link in plan.searching
        if link.search in searched
        if _failure_code(link, found) != link.failure_code
        or (link.search not in found.refused and (run.key_result_id or link.read_at is None))
    ]


def _note_read(links: Sequence[int], now: datetime) -> int:
    return JiraLink.objects.filter(pk__in=links).update(
        read_at=now, failure_code="", failure_facts={}
    )


def _note_links(links: Sequence[PlannedLink], found: Found, now: datetime) -> int:
    """A query that Jira rejects says so at its own link; one that works again is quiet."""
    _note_read([link.id for link in links if link.search not in found.refused], now)
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
