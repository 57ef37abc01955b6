"""Stage four: short transactions that write only what moved.

Each of them checks first that the run still holds the lease and that the percentages are those it
computed with; otherwise nothing of it is written and the run starts again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from jira_integration.counting import Way
from jira_integration.keeping import Why
from jira_integration.models import (
    SOURCE,
    JiraLink,
    LinkedIssue,
    Measuring,
    SyncRun,
    Trigger,
    Unlinked,
)
from jira_integration.models.counted import AS_COUNTED, columns
from jira_integration.models.sync_run import BY_NOBODY
from jira_integration.sync.checked import BATCH, under_check
from jira_integration.sync.compute import Outcome
from jira_integration.sync.planned import MEAN, Plan
from jira_integration.sync.telling import is_made_otherwise, last_told, with_split
from okr.models import KeyResult, Reading
from okr.progress import settle


def record(run: SyncRun, plan: Plan, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Writes what moved and answers how many key results did.

    Raises OvertakenError where lease or percentages are not those of the plan.
    """
    return under_check(run, plan.scale, lambda: _measure(run, outcomes, now))


@dataclass(frozen=True, slots=True)
class Stored:
    """A key result as it is inside the transaction that is about to measure it."""

    progress: Decimal | None
    measured_at: datetime | None
    links: set[int]
    way: Way


def _measure(run: SyncRun, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Measures the key results that moved. One whose links or measure changed since the plan
    waits for the run that this change asked for, one that another site moved is read again."""
    stored = _stored([outcome.key_result_id for outcome in outcomes])
    current = [each for each in outcomes if _is_current(each, stored, run)]
    ask_last = run.trigger not in BY_NOBODY
    last = last_told([each.key_result_id for each in current]) if ask_last else {}
    changed = [
        each
        for each in current
        if each.share is not None
        and (
            each.changed_members
            or each.unlinked
            or settle(each.share) != stored[each.key_result_id].progress
            or is_made_otherwise(each, last.get(each.key_result_id))
        )
    ]
    last = last if ask_last or not changed else last_told([each.key_result_id for each in changed])
    _keep_members([each for each in current if each.changed_members])
    _forget_queries(current)
    _forget_unlinked([each for each in changed if each.unlinked])
    told = [_told(each, last, stored[each.key_result_id].progress) for each in changed]
    return KeyResult.objects.all().measure(filter(None, told), SOURCE, now)


def _told(
    outcome: Outcome, last: Mapping[int, Why | None], progress: Decimal | None
) -> Reading | None:
    reading = outcome.reading()
    return reading and with_split(reading, outcome, last.get(outcome.key_result_id), progress)


def _is_current(outcome: Outcome, stored: Mapping[int, Stored], run: SyncRun) -> bool:
    pk = outcome.key_result_id
    now = stored.get(pk)
    if now is None or outcome.link_ids != now.links or outcome.way != now.way:
        return False
    measured_at = outcome.known.measured_at
    if pk in measured_at and measured_at[pk] != now.measured_at:
        SyncRun.objects.ask(run.connection, Trigger.MIXED, key_result=KeyResult(pk=pk))
        return False
    return True


def _stored(key_result_ids: list[int]) -> dict[int, Stored]:
    """Those that follow Jira, by their number."""
    links: dict[int, set[int]] = defaultdict(set)
    rows = JiraLink.objects.filter(key_result__pk__among=key_result_ids).select_for_update()
    for pk, key_result_id in rows.values_list("pk", "key_result_id"):
        links[key_result_id].add(pk)
    ways = Measuring.objects.of_many(key_result_ids)
    tracked = KeyResult.objects.filter(pk__among=key_result_ids, tracked_by=SOURCE)
    return {
        pk: Stored(progress, measured_at, links[pk], ways.get(pk, MEAN))
        for pk, progress, measured_at in tracked.values_list("pk", "progress", "measured_at")
    }


def _keep_members(outcomes: Sequence[Outcome]) -> None:
    """Writes down what each link found and as what it counted."""
    wanted: list[LinkedIssue] = []
    gone: dict[int, list[int]] = defaultdict(list)
    for outcome in outcomes:
        rows = outcome.known.rows
        for link in outcome.links:
            members, counted = outcome.members[link.id], link.counted
            for name, work in members.items():
                if counted.get(name) != work:
                    row = LinkedIssue(link_id=link.id, issue_id=rows[name], **columns(work))
                    wanted.append(row)
            gone[link.id] += [rows[name] for name in counted.keys() - members]
    LinkedIssue.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["link", "issue"],
        update_fields=AS_COUNTED,
        batch_size=BATCH,
    )
    for link_id, issues in gone.items():
        if issues:
            LinkedIssue.objects.filter(link=link_id, issue__in=issues).delete()


def _forget_queries(outcomes: Sequence[Outcome]) -> None:
    """What a link found by another query than its own is told from here on."""
    for link in (link for each in outcomes for link in each.requeried):
        JiraLink.objects.filter(pk=link.id, jql=link.jql).update(requeried=False)


def _forget_unlinked(outcomes: Sequence[Outcome]) -> None:
    told = [each.key_result_id for each in outcomes]
    if told:
        Unlinked.objects.filter(key_result__pk__among=told).delete()
