"""Row 4: how long it takes from a change in Jira to the number, and what a storm of changes costs.

    python -m bench.freshness --to FILE [--small] [--embedded]

Real programs on this machine: the web takes the events, the worker reads Jira, a sandbox moves
issues and sends signed events. Readings by the clock are off: a number moves because of an event.
On PostgreSQL and a Redis-compatible server, and once more, in short, on SQLite.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.figures import Figure, hand_over, handed_over, p95
from bench.house import Jira, at_work, settled
from config.plan import Plan

if TYPE_CHECKING:
    from bench.steady import Flow
    from bench.storm import Storm

FRESH_WITHIN, RATE_OF_BARE = 3.0, 0.5
QUICK = 0.5
"""Seconds within which an event is answered and a page is there, even in a storm."""
BATCH, CONSTANT = 1_000, 12
"""Issues in a reading, and readings beyond what these need: the last of each run is half full."""
JUDGED = 20.0  # events a second


@dataclass(frozen=True)
class Size:
    seconds: float
    rates: tuple[float, ...]
    storm: int
    pairs: int


FULL, SMALL = Size(30, (5, 20, 100), 10_000, 1_000), Size(2, (20,), 200, 40)
EMBEDDED = Size(20, (20,), 2_000, 400)


def main() -> None:
    options = _options()
    size = SMALL if options.small else EMBEDDED if options.embedded else FULL
    with settled(embedded=options.embedded) as plan:
        jira = Jira(plan.sandbox_port, size.pairs + size.storm)
        try:
            found = list(_measured(plan, jira, size, "4e" if options.embedded else "4"))
        finally:
            jira.stop()
    alone = options.small or options.embedded
    hand_over(found if alone else found + _embedded(options.to), options.to)


def _measured(plan: Plan, jira: Jira, size: Size, row: str) -> Iterator[Figure]:
    from bench import company
    from bench.steady import Steady
    from bench.storm import storm

    connection = company.connect(jira.address)
    issues = company.mirror(connection, jira.keys)
    stormy = dict(list(issues.items())[: size.storm])
    single = {key: issue for key, issue in issues.items() if key not in stormy}
    many = company.followers(connection, stormy, 20)
    pairs = company.followers(connection, single, size.pairs)
    company.read_once(connection)
    cookies = company.cookie_of_a_person()
    with at_work(plan):
        steady = Steady(jira, pairs, plan.port, cookies)
        steady.warm_up()
        for rate in size.rates:
            yield from _told_steady(row, steady.flow(rate, size.seconds), rate)
        jira.ask("forget")
        told = storm(jira, plan, many, stormy, cookies)
        yield from _told_storm(row, told, size.storm, _readings(jira))


def _told_steady(row: str, flow: "Flow", rate: float) -> Iterator[Figure]:
    if flow.lost:
        raise SystemExit(f"{flow.lost} numbers never moved at {rate:g} events a second.")
    cuts, at = quantiles(flow.took, n=100, method="inclusive"), f"at {rate:g} events/s"
    bound = f"≤ {FRESH_WITHIN:g}" if rate == JUDGED else ""
    yield Figure(row, f"{at}: moved", flow.rate, "events/s")
    yield Figure(row, f"{at}: event to number, p50", cuts[49], "s")
    yield Figure(row, f"{at}: event to number, p95", cuts[94], "s", bound)
    yield Figure(row, f"{at}: event to number, p99", cuts[98], "s")
    yield Figure(row, f"{at}: event to number on its page, slowest sample", max(flow.shown), "s")


def _told_storm(row: str, told: "Storm", number: int, readings: int) -> Iterator[Figure]:
    if not told.complete:
        raise SystemExit(f"{told.wrong} numbers are wrong; the answers were {told.door.answers}.")
    at, most = f"{number:,} at once", ceil(number / BATCH) + CONSTANT
    ratio, answered = told.door.rate / told.bare.rate, quantiles(told.door.took, n=100)[98]
    yield Figure(row, f"{at}: a bare view stores", told.bare.rate, "events/s")
    yield Figure(row, f"{at}: taken", told.door.rate, "events/s")
    yield Figure.at_least(row, f"{at}: taken, against the bare view", ratio, "×", RATE_OF_BARE)
    yield Figure.at_most(row, f"{at}: answer to an event, p99", answered, "s", QUICK)
    yield Figure.at_most(row, f"{at}: a page meanwhile, p95", p95(told.pages), "s", QUICK)
    yield Figure(row, f"{at}: every number right after", told.right, "s")
    yield Figure.at_most(row, f"{at}: readings of Jira", readings, "calls", most)


def _embedded(beside: Path) -> list[Figure]:
    """In a program of its own: Django knows one database only."""
    path = beside.with_suffix(".embedded.json")
    words = ["-m", "bench.freshness", "--embedded", "--to", str(path)]
    subprocess.run([sys.executable, *words], check=True)  # noqa: S603
    return handed_over(path)


def _readings(jira: Jira) -> int:
    calls: dict[str, int] = jira.ask("calls")
    return sum(number for path, number in calls.items() if "bulkfetch" in path or "search" in path)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.freshness", description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--embedded", action="store_true", help="SQLite and a queue in a folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
