"""The programs that config.up runs: started together, watched, stopped together."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config.child import Child

STOPS_WITHIN = 8.0  # seconds
LOOKS_EVERY = 0.1


class Crew:
    def __init__(self, children: Sequence[Child], leash: int) -> None:
        """`leash` is the reading end of a pipe; its end is the end of every child.

        The first child is what the others call; it stops when they have.
        """
        self.children = children
        self.leash = leash

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Whatever happens inside, no child is left; a second Ctrl-C cannot cut the stop short."""
        try:
            for child in self.children:
                child.start(self.leash)
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            print("Stopping …", flush=True)
            self._stop()

    def look_after(self) -> None:
        """Starts again what has died; SystemExit when a child keeps dying."""
        time.sleep(LOOKS_EVERY)
        for child in self.children:
            if not child.has_ended():
                continue
            if not child.may_restart():
                raise SystemExit(
                    f"The {child.name} keeps stopping; the last lines of {child.log}:\n"
                    f"{child.last_lines()}"
                )
            print(f"The {child.name} stopped by itself; starting it again …", flush=True)
            child.start(self.leash)

    def _stop(self) -> None:
        for together in (self.children[1:], self.children[:1]):
            deadline = time.monotonic() + STOPS_WITHIN
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.stop_by(deadline)


@contextmanager
def leash() -> Iterator[int]:
    """The reading end of a pipe whose other end closes when this program ends, however it does."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)
