"""Asks what may hang, in a thread of its own and once for all who ask; the answer keeps briefly."""

import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

PATIENCE = 3.0  # seconds
KEPT = 2.0
GIVEN_UP_AFTER = 30.0
HANGING_AT_MOST = 4


class Asking:
    """One question under way."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.ended = Event()


class Probe(Generic[T]):
    """`silence` is the answer while the question hangs.

    A question that hangs for long is left alone and asked again, by a few threads at most.
    """

    def __init__(
        self,
        question: Callable[[], T],
        silence: T,
        *,
        patience: float = PATIENCE,
        kept: float = KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._question = question
        self._silence = silence
        self._patience = patience
        self._kept = kept
        self._clock = clock
        self._lock = Lock()
        self._under_way: list[Asking] = []
        self._answer = silence
        self._answered_at: float | None = None

    def ask(self) -> None:
        """Begins to ask, unless there is a fresh answer or somebody asks already."""
        with self._lock:
            now = self._clock()
            if self._is_fresh(now) or not self._may_ask(now):
                return
            asking = Asking(now)
            self._under_way.append(asking)
        Thread(target=self._carry_out, args=[asking], name="probe", daemon=True).start()

    def answer(self) -> T:
        """Within the patience, counted from when the question was asked."""
        self.ask()
        with self._lock:
            latest = self._under_way[-1] if self._under_way else None
        if latest:
            latest.ended.wait(max(0.0, latest.began + self._patience - self._clock()))
        with self._lock:
            return self._answer if self._is_fresh(self._clock()) else self._silence

    def forget(self) -> None:
        """The next one asks anew."""
        with self._lock:
            self._answered_at = None

    def _is_fresh(self, now: float) -> bool:
        return self._answered_at is not None and now - self._answered_at < self._kept

    def _may_ask(self, now: float) -> bool:
        if not self._under_way:
            return True
        hangs = now - self._under_way[-1].began > GIVEN_UP_AFTER
        return hangs and len(self._under_way) < HANGING_AT_MOST

    def _carry_out(self, asking: Asking) -> None:
        try:
            answer = self._question()
        except Exception:  # whatever it was, there is no answer
            answer = self._silence
        with self._lock:
            self._under_way.remove(asking)
            self._answer, self._answered_at = answer, self._clock()
        asking.ended.set()
