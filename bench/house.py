"""The product on a database of its own, with the real web and worker beside this program."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from config.plan import HOST, HOUSE, Plan
from config.up import answers

ONLY_EVENTS = 86_400
"""Seconds between readings by the clock: whatever is fresh here is so because of an event."""


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


def settle_in(var: Path, port: int, jira_port: int) -> Plan:
    """The environment of this program and of those that it starts. Call it before Django is."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_VAR": str(var),
        "PLUMBLINE_PORT": str(port),
        "PLUMBLINE_SANDBOX_PORT": str(jira_port),
        "PLUMBLINE_ADDRESS": f"http://{HOST}:{port}",
        "PLUMBLINE_JIRA_SYNC_SECONDS": str(ONLY_EVENTS),
    }
    plan = Plan.from_environment(os.environ)
    os.environ |= plan.environment
    return plan


@contextmanager
def at_work(plan: Plan) -> Iterator[None]:
    """The web answers and the worker is there."""
    with ExitStack() as stack:
        for name, command in (("web", plan.web()), ("worker", plan.worker())):
            log = stack.enter_context((plan.var / f"{name}.log").open("wb"))
            program = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", *command], cwd=HOUSE, stdout=log, stderr=log
            )
            stack.callback(_stop, program)
        patience = time.monotonic() + 60
        while not answers(plan.port):
            if time.monotonic() > patience:
                raise SystemExit(f"The product does not answer; see {plan.var}/web.log.")
            time.sleep(0.1)
        yield


def _stop(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        program.wait(20)
    except subprocess.TimeoutExpired:
        program.kill()
