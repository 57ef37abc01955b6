"""Starts everything on this machine, watches over it and stops it: what stands behind `make run`.

Imports neither Django nor Celery: it must start at once and take next to no memory.
"""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from config.child import Child
from config.plan import HOST, Plan

ANSWERS_WITHIN = 60.0  # seconds
STOPS_WITHIN = 8.0
LOOKS_EVERY = 0.1


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        up(Plan.from_environment(os.environ))
    except KeyboardInterrupt:
        say("Stopped.")


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def up(plan: Plan) -> None:
    with only_one_in(plan.var), leash() as pipe:
        require_free("PLUMBLINE_PORT", plan.port)
        require_free("PLUMBLINE_SANDBOX_PORT", plan.sandbox_port)
        say("Preparing the database …")
        company = prepare(plan, pipe)
        say("Starting the pages, the worker and the sandbox Jira …")
        children = [
            child(plan, "sandbox", plan.sandbox()),
            child(plan, "web", plan.web()),
            child(plan, "worker", plan.worker()),
        ]
        with stopping(children):
            for each in children:
                each.start(pipe)
            wait_for_answers(plan, children, pipe)
            say(welcome(plan, company))
            watch_over(children, pipe)


@contextmanager
def only_one_in(var: Path) -> Iterator[None]:
    """Two starts on one var folder would share a queue, a schedule and a database file."""
    (var / "log").mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("w") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SystemExit(f"Plumbline is already running on {var}. Stop it first.") from None
        yield


@contextmanager
def leash() -> Iterator[int]:
    """The reading end of a pipe whose writing end closes when this program ends, however it does."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


def require_free(variable: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be used ({error.strerror}):"
                f" choose another one with {variable}, for example {variable}={port + 100}."
            ) from None
