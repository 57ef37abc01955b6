"""Moves an issue at a time, so many a second, and waits until its key result shows it."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from threading import Thread

import requests

from bench.house import Jira
from config.plan import HOST
from okr.models import KeyResult

COUNTS_AS = {"To Do": 0, "In Progress": 50, "Done": 100}
LOOKS_EVERY = 0.05
FIRST_PATIENCE, LAST_PATIENCE = 120.0, 60.0
OPENED_EVERY = 2.0
"""Seconds between the moves whose key result is looked at as a page."""


@dataclass(slots=True)
class Flow:
    """`took` are the seconds until each number was right in the database, `shown` on a page."""

    took: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    lost: int = 0


class Steady:
    def __init__(
        self, jira: Jira, pairs: Mapping[int, list[str]], port: int, cookies: dict[str, str]
    ) -> None:
        """`pairs` are key results that follow one issue each."""
        self.jira, self.port, self.cookies = jira, port, cookies
        self.keys = {pk: key for pk, [key] in pairs.items()}
        self.stands = dict.fromkeys(pairs, "To Do")
        self.waiting: dict[int, tuple[float, Decimal]] = {}
        self.turn = cycle(pairs)

    def warm_up(self) -> None:
        """The worker needs a while to start: only then is there something to measure."""
        self._move(next(self.turn))
        self._wait(Flow(), time.monotonic() + FIRST_PATIENCE)
        if self.waiting:
            raise SystemExit("No number moves at all: is there a worker?")

    def flow(self, rate: float, seconds: float) -> Flow:
        """Whoever still waits is not moved again, so that each move has one moment to wait for;
        where all of them wait, the rate is not kept."""
        flow, looks = Flow(), list[Thread]()
        for due in _beats(rate, seconds):
            self._wait(flow, due, at_least=True)
            while len(self.waiting) == len(self.stands):
                self._wait(flow, time.monotonic() + LOOKS_EVERY, at_least=True)
            pk = next(each for each in self.turn if each not in self.waiting)
            self._move(pk)
            if len(looks) * OPENED_EVERY * rate <= len(flow.took) + len(self.waiting):
                looks.append(Thread(target=self._open, args=(pk, flow)))
                looks[-1].start()
        self._wait(flow, time.monotonic() + LAST_PATIENCE)
        for look in looks:
            look.join()
        flow.lost = len(self.waiting)
        self.waiting.clear()
        return flow

    def _move(self, pk: int) -> None:
        self.stands[pk] = "To Do" if self.stands[pk] == "Done" else "Done"
        self.waiting[pk] = time.monotonic(), Decimal(COUNTS_AS[self.stands[pk]])
        self.jira.move(self.keys[pk], self.stands[pk])

    def _wait(self, flow: Flow, until: float, *, at_least: bool = False) -> None:
        """Looks for what arrived, until nothing waits any more; until then where `at_least`."""
        while (now := time.monotonic()) < until and (self.waiting or at_least):
            if self.waiting:
                flow.took += self._arrived()
            time.sleep(max(0.0, min(LOOKS_EVERY, until - now)))

    def _arrived(self) -> list[float]:
        """The seconds of those whose number is right now, which then wait no longer."""
        shown = progress(self.waiting)
        now = time.monotonic()
        there = [pk for pk, (_, expected) in self.waiting.items() if shown.get(pk) == expected]
        return [now - self.waiting.pop(pk)[0] for pk in there]

    def _open(self, pk: int, flow: Flow) -> None:
        """Asks for the page of a key result until it shows the number."""
        begun, number = time.monotonic(), COUNTS_AS[self.stands[pk]]
        address = f"http://{HOST}:{self.port}/key-results/{pk}/"
        while time.monotonic() < begun + LAST_PATIENCE:
            page = requests.get(address, cookies=self.cookies, timeout=LAST_PATIENCE).text
            if f'hero-number">{number}%<' in page:
                flow.shown.append(time.monotonic() - begun)
                return
            time.sleep(LOOKS_EVERY * 2)


def progress(of: Iterable[int]) -> dict[int, Decimal | None]:
    return dict(KeyResult.objects.filter(pk__in=list(of)).values_list("pk", "progress"))


def _beats(rate: float, seconds: float) -> Iterator[float]:
    begun = time.monotonic()
    return (begun + number / rate for number in range(int(rate * seconds)))
