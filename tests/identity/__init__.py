"""Real identity providers, each a program of its own, for the tests of company sign-in."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

CLIENT, OTHER_CLIENT = CLIENTS = ("plumbline", "another")
SECRET = "a secret of the client"


@contextmanager
def running(program: str, *words: str) -> Iterator[str]:
    """The address of a provider of this folder, which ends with the block."""
    command = [sys.executable, "-m", f"tests.identity.{program}", *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout
        yield started.stdout.readline().strip()
        started.communicate()
