"""Moves an issue at a time, so many a second, and waits until its key result shows it."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from threading import Thread
from typing import NamedTuple

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
    """`took` are the seconds until each number was right in the database, `shown` until a page
    that was asked for then showed it; `rate` is how many were moved a second."""

    took: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    rate: float = 0.0
    lost: int = 0


class Move(NamedTuple):
    """The number that a key result comes to, and since when it is on its way there."""

    begun: float
    number: int
    is_looked_at: bool


class Steady:
    def __init__(
        self, jira: Jira, pairs: Mapping[int, list[str]], port: int, cookies: dict[str, str]
    ) -> None:
        """`pairs` are key results that follow one issue each."""
        self.jira, self.port, self.cookies = jira, port, cookies
        self.keys = {pk: key for pk, [key] in pairs.items()}
        self.stands = dict.fromkeys(pairs, "To Do")
        self.waiting: dict[int, Move] = {}
        self.turn = cycle(pairs)
        self.looks: list[Thread] = []
        self.looked = 0.0

    def warm_up(self) -> None:
        """The worker needs a while to start: only then is there something to measure."""
        self._move(looked_at=False)
        self._wait(Flow(), time.monotonic() + FIRST_PATIENCE)
        if self.waiting:
            raise SystemExit("No number moves at all: is there a worker?")

    def flow(self, rate: float, seconds: float) -> Flow:
        """Whoever still waits is not moved again, so that each move has one moment to wait for;
        where all of them wait, the rate is not kept."""
        flow, begun, every = Flow(), time.monotonic(), max(1, round(OPENED_EVERY * rate))
        for number in range(int(rate * seconds)):
            self._wait(flow, begun + number / rate, at_least=True)
            while len(self.waiting) == len(self.stands):
                self._wait(flow, time.monotonic() + LOOKS_EVERY, at_least=True)
            self._move(looked_at=number % every == 0)
        flow.rate = int(rate * seconds) / (time.monotonic() - begun)
        self._wait(flow, time.monotonic() + LAST_PATIENCE)
        for look in self.looks:
            look.join()
        flow.lost = len(self.waiting)
        self.waiting.clear()
        return flow

    def _move(self, *, looked_at: bool) -> None:
        pk = next(each for each in self.turn if each not in self.waiting)
        self.stands[pk] = "To Do" if self.stands[pk] == "Done" else "Done"
        self.waiting[pk] = Move(time.monotonic(), COUNTS_AS[self.stands[pk]], looked_at)
        self.jira.move(self.keys[pk], self.stands[pk])

    def _wait(self, flow: Flow, until: float, *, at_least: bool = False) -> None:
        """Looks for what arrived, late or not, until nothing waits any more; until then where
        `at_least`."""
        self._look(flow)
        while (now := time.monotonic()) < until and (self.waiting or at_least):
            time.sleep(min(LOOKS_EVERY, until - now))
            self._look(flow)

    def _look(self, flow: Flow) -> None:
        """At most so often that looking is no load of its own."""
        if not self.waiting or time.monotonic() - self.looked < LOOKS_EVERY:
            return
        shown, self.looked = progress(self.waiting), time.monotonic()
        there = [pk for pk, move in self.waiting.items() if shown.get(pk) == move.number]
        for pk in there:
            move = self.waiting.pop(pk)
            flow.took.append(self.looked - move.begun)
            if move.is_looked_at:
                self.looks.append(Thread(target=self._open, args=(pk, move, flow)))
                self.looks[-1].start()

    def _open(self, pk: int, move: Move, flow: Flow) -> None:
        """Asks for the page of a key result, once more where it does not show the number yet."""
        address = f"http://{HOST}:{self.port}/key-results/{pk}/"
        while time.monotonic() < move.begun + LAST_PATIENCE:
            page = requests.get(address, cookies=self.cookies, timeout=LAST_PATIENCE).text
            if f'hero-number">{move.number}%<' in page:
                flow.shown.append(time.monotonic() - move.begun)
                return
            time.sleep(LOOKS_EVERY)


def progress(of: Iterable[int]) -> dict[int, Decimal | None]:
    return dict(KeyResult.objects.filter(pk__in=list(of)).values_list("pk", "progress"))
