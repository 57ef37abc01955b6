"""Does together what several threads ask for at the same time: the work of one, for all of them.

Whoever comes first does what is waiting, alone if nobody else is there. Whoever comes meanwhile
waits, and one of them then does the next batch. What it costs to store ten is hardly more than to
store one, so that a storm is slowed down by its own size last.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Event, Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Place(Generic[Asked, Answer]):
    """Of one who waits: called up when there is an answer, or when it is on them to work."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.answer: Future[Answer] = Future()
        self.called_up = Event()


class Batches(Generic[Asked, Answer]):
    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
        """`work` gives an answer for each of the asked, in their order."""
        self.work = work
        self._waiting: list[Place[Asked, Answer]] = []
        self._busy = False
        self._lock = Lock()

    def __call__(self, asked: Asked) -> Answer:
        """Raises what the work raised."""
        mine: Place[Asked, Answer] = Place(asked)
        with self._lock:
            self._waiting.append(mine)
            is_first, self._busy = not self._busy, True
        if not is_first:
            mine.called_up.wait()
        if not mine.answer.done():
            self._lead()
        return mine.answer.result()

    def _lead(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            self._do(batch)
        finally:
            with self._lock:
                self._busy = bool(self._waiting)
                if self._busy:
                    self._waiting[0].called_up.set()

    def _do(self, batch: Sequence[Place[Asked, Answer]]) -> None:
        try:
            answers = self.work([place.asked for place in batch])
            for place, answer in zip(batch, answers, strict=True):
                place.answer.set_result(answer)
        except BaseException as error:
            for place in batch:
                place.answer.set_exception(error)
        for place in batch:
            place.called_up.set()
