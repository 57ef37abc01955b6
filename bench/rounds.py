"""What rows 1 to 3 do, round by round, and the figures that come of it."""

import time
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from statistics import median

from django.db import connection as database

from bench import linked, rivals
from bench.figures import Figure
from bench.place import Jira
from bench.prefork import Spent, Worker, at_work, carried_out
from jira_integration.models import IntegrationSettings, JiraConnection, Trigger

ROUNDS, SAMPLE = 3, 100
CONSTANT = 4
"""Calls beside the batches: who are we, twice, and the list of fields once a day."""
PERCENTAGES = ((0, 60, 100), (0, 40, 100), (0, 55, 100))
OWN_ROWS = ("jira_integration_syncrun", "jira_integration_jiraconnection")
HEARTBEAT = "watch_heartbeat"
"""A worker that does nothing writes it as well, every few seconds."""
TOLD_WITHIN = 2.0
"""Seconds until PostgreSQL tells what an idle session has written."""


def measure(folder: Path, jira: Jira) -> list[Figure]:
    [address], [numbers] = jira.addresses, jira.issues
    connection = linked.connect(address)
    key_results = linked.follow(connection, numbers)
    first = linked.read_once(connection)
    if first.changed != key_results:
        raise SystemExit(f"The first reading moved {first.changed} of {key_results} key results.")
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with at_work(folder) as [worker]:
        return [
            *_reading(worker, jira, connection, numbers),
            *_steady(worker, connection),
            *_percentages(worker, jira, connection, key_results),
        ]


def _reading(
    worker: Worker, jira: Jira, connection: JiraConnection, numbers: Sequence[int]
) -> list[Figure]:
    ratios, spent, calls, address = list[float](), list[Spent](), 0, jira.addresses[0]
    for _ in range(ROUNDS):
        jira.move(len(numbers) // 100)
        rivals.bare_loop(address, numbers)  # so that the pages are made
        bare = rivals.bare_loop(address, numbers)
        _ = jira.calls
        spent.append(carried_out(worker, connection, Trigger.SCHEDULE))
        calls = sum(jira.calls.values())
        ratios.append(spent[-1].seconds / bare)
    each = rivals.one_by_one(address, numbers, SAMPLE)
    scripted = sum(jira.calls.values()) / SAMPLE * len(numbers)
    seconds = median(one.seconds for one in spent)
    batches = ceil(len(numbers) / rivals.BATCH)
    return [
        Figure("1", "Full read, 1 % changed", seconds, "s"),
        Figure("1", "CPU of the worker's child", median(one.cpu for one in spent), "s"),
        Figure.at_most("1a", "Full read against a bare loop", median(ratios), "times", 1.5),
        Figure("1b", "Time of the jira package, extrapolated", each * len(numbers), "s"),
        Figure.at_least("1b", "Fewer calls than the jira package", scripted / calls, "times", 100),
        Figure.at_most("1c", f"Calls beside {batches} batches", calls - batches, "calls", CONSTANT),
        Figure.at_most("1d", "Memory of the child", max(one.peak for one in spent), "MB", 200),
    ]


def _steady(worker: Worker, connection: JiraConnection) -> list[Figure]:
    carried_out(worker, connection, Trigger.SCHEDULE)
    before = _written()
    spent = carried_out(worker, connection, Trigger.SCHEDULE)
    after = _written()
    rows = {table: after[table] - before.get(table, 0) for table in after}
    del rows[HEARTBEAT]
    own = sum(rows.pop(table, 0) for table in OWN_ROWS)
    return [
        Figure("3", "Full read, nothing changed", spent.seconds, "s"),
        Figure.at_most(
            "3", "Rows written, beside the run's and its lease", sum(rows.values()), "rows", 0
        ),
        Figure("3", "Writes to the run's row and its lease", own, "writes"),
    ]


def _percentages(
    worker: Worker, jira: Jira, connection: JiraConnection, key_results: int
) -> list[Figure]:
    ratios, spent = list[float](), list[Spent]()
    _ = jira.calls
    for percentages in PERCENTAGES:
        IntegrationSettings.load().rescale(*percentages)
        spent.append(carried_out(worker, connection, Trigger.SETTINGS))
        ratios.append(spent[-1].seconds / rivals.RawSql.of_last().replay())
    moved = min(one.run.changed for one in spent)
    calls = sum(jira.calls.values())
    return [
        Figure(
            "2",
            f"New percentages, {moved:,} of {key_results:,} numbers move",
            median(one.seconds for one in spent),
            "s",
        ),
        Figure.at_most("2a", "New percentages against raw SQL", median(ratios), "times", 3),
        Figure.at_most("2b", "Calls of Jira", calls, "calls", 0),
        Figure("2", "Memory of the child", max(one.peak for one in spent), "MB"),
    ]


def _written() -> dict[str, int]:
    """How often rows of each table were written, ever."""
    time.sleep(TOLD_WITHIN)
    with database.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables")
        return dict(cursor.fetchall())
