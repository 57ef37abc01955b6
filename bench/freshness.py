"""How long it takes from a change in Jira to the number, and what a storm of changes costs.

    python -m bench.freshness [--seconds 60] [--rate 20] [--storm 10000] [--pairs 400]

Real programs on this machine: the web takes the events, the worker reads Jira, a sandbox moves
issues and sends signed events. Readings by the clock are off: a number moves because of an event.
Ends with 1 where a floor is missed; run it on a machine with nothing else to do.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command

from bench.house import Jira, at_work, settle_in
from config.plan import Plan

FRESH_WITHIN = 3.0  # seconds, at the 95th of a hundred
BATCH, CONSTANT = 1_000, 12
"""Issues in a reading, and readings beyond what these need: the last of each run is half full."""
LOOKS_EVERY = 0.05
COUNTS_AS = {"To Do": 0, "In Progress": 50, "Done": 100}
PORT, JIRA_PORT = 8190, 8191
STORM_PATIENCE, LAST_PATIENCE = 600.0, 30.0


def main() -> int:
    options = _options()
    with TemporaryDirectory() as folder:
        plan = settle_in(Path(folder), options.port, options.port + 1)
        django.setup()
        call_command("migrate", verbosity=0)
        jira = Jira(options.port + 1, options.pairs + options.storm)
        try:
            return _measure(options, plan, jira)
        finally:
            jira.stop()


def _measure(options: argparse.Namespace, plan: Plan, jira: Jira) -> int:
    from bench import company

    connection = company.connect(jira.address)
    in_storm, single = jira.keys[: options.storm], jira.keys[options.storm :]
    each = max(options.storm // 20, 1)
    many = company.followers(connection, in_storm, options.storm // each, each)
    pairs = company.followers(connection, single, len(single), 1)
    company.read_once(connection)
    with at_work(plan):
        warm_up(jira, pairs)
        fresh = steady(jira, pairs, options.rate, options.seconds) if options.seconds else True
        right = storm(jira, many, options.storm) if options.storm else True
    return 0 if fresh and right else 1


def warm_up(jira: Jira, pairs: Mapping[int, list[str]]) -> None:
    """The worker needs a while to start: only then is there something to measure."""
    pk, [key] = next(iter(pairs.items()))
    patience = time.monotonic() + STORM_PATIENCE
    for status in ("Done", "To Do"):
        jira.move(key, status)
        while _progress([pk]) != {pk: Decimal(COUNTS_AS[status])}:
            if time.monotonic() > patience:
                raise SystemExit("No number moves at all: is there a worker?")
            time.sleep(LOOKS_EVERY)


def steady(jira: Jira, pairs: Mapping[int, list[str]], rate: float, seconds: float) -> bool:
    """Moves an issue at a time to and fro, and waits until its key result shows it."""
    jira.ask("forget")
    turn, took = list(pairs.items()), list[float]()
    waiting: dict[int, tuple[float, Decimal]] = {}
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        while time.monotonic() < begun + number / rate:
            took += _arrived(waiting)
            time.sleep(LOOKS_EVERY / 5)
        pk, [key] = turn[number % len(turn)]
        status = "To Do" if number // len(turn) % 2 else "Done"
        waiting[pk] = time.monotonic(), Decimal(COUNTS_AS[status])
        jira.move(key, status)
    patience = time.monotonic() + LAST_PATIENCE
    while waiting and time.monotonic() < patience:
        took += _arrived(waiting)
        time.sleep(LOOKS_EVERY / 5)
    return _tell_steady(took, len(waiting), rate, _readings(jira))


def _arrived(waiting: dict[int, tuple[float, Decimal]]) -> list[float]:
    """The seconds of those whose number is right now, which then wait no longer."""
    shown = _progress(waiting)
    now = time.monotonic()
    there = [pk for pk, (_, expected) in waiting.items() if shown.get(pk) == expected]
    return [now - waiting.pop(pk)[0] for pk in there]


def storm(jira: Jira, many: Mapping[int, list[str]], number: int) -> bool:
    """All at once; it ends when every number is the one that the issues make."""
    from jira_integration.models import WebhookDelivery

    before = WebhookDelivery.objects.count()
    jira.ask("forget")
    begun = time.monotonic()
    there = jira.ask(f"storm {number}")
    expected = {
        pk: Decimal(sum(COUNTS_AS[there[key]] for key in keys)) / len(keys)
        for pk, keys in many.items()
    }
    absorbed = 0.0
    while time.monotonic() < begun + STORM_PATIENCE:
        time.sleep(0.2)
        absorbed = absorbed or _since(begun, WebhookDelivery.objects.count() - before >= number)
        if absorbed and _progress(expected) == expected:
            return _tell_storm(number, absorbed, time.monotonic() - begun, _readings(jira))
    wrong = sum(_progress(expected).get(pk) != value for pk, value in expected.items())
    say(f"Storm: {wrong} of {len(expected)} numbers are wrong after {STORM_PATIENCE:.0f} s.")
    return False


def _since(begun: float, is_over: bool) -> float:
    return time.monotonic() - begun if is_over else 0.0


def _progress(of: Iterable[int]) -> dict[int, Decimal | None]:
    from okr.models import KeyResult

    return dict(KeyResult.objects.filter(pk__in=list(of)).values_list("pk", "progress"))


def _readings(jira: Jira) -> int:
    calls: dict[str, int] = jira.ask("calls")
    return sum(number for path, number in calls.items() if "bulkfetch" in path or "search" in path)


def _tell_steady(took: list[float], lost: int, rate: float, readings: int) -> bool:
    cuts = quantiles(took, n=100) if len(took) > 1 else [float("inf")] * 99
    say(
        f"{rate:g} events a second, {len(took)} of {len(took) + lost} seen: "
        f"p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, p99 {cuts[98]:.2f} s, "
        f"at most {max(took, default=0):.2f} s; {readings} readings of Jira."
    )
    return not lost and cuts[94] < FRESH_WITHIN


def _tell_storm(number: int, absorbed: float, right: float, readings: int) -> bool:
    most = ceil(number / BATCH) + CONSTANT
    say(
        f"Storm of {number:,} events: stored after {absorbed:.1f} s, every number right after "
        f"{right:.1f} s; {readings} readings of Jira, {most} allowed."
    )
    return readings <= most


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.freshness", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=20.0, help="events a second")
    parser.add_argument("--storm", type=int, default=10_000, help="events at once")
    parser.add_argument("--pairs", type=int, default=400, help="key results of one issue each")
    parser.add_argument("--port", type=int, default=PORT, help="of the web; Jira has the next")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
