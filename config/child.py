"""One program that config.up starts, watches and stops: its own group, its own log, on a leash."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

HOUSE = Path(__file__).resolve().parent.parent
RESTARTS = 3
SETTLED_AFTER = 60.0  # seconds alive after which earlier deaths are forgotten
TAIL_LINES = 15


def spawn(
    command: Sequence[str],
    leash: int,
    environment: Mapping[str, str],
    stdout: int | IO[bytes],
    stderr: int | None = None,
) -> subprocess.Popen[bytes]:
    """Runs a module in a group of its own, which ends when the pipe `leash` does."""
    return subprocess.Popen(
        [sys.executable, "-m", "config.leash", str(leash), *command],
        cwd=HOUSE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=[leash],
        start_new_session=True,
    )


class Child:
    """Started again when it dies, but not for ever."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str]
    ) -> None:
        """The log starts empty; that of the start before is kept beside it."""
        self.name = name
        self.command = command
        self.log = log
        self.environment = environment
        self.deaths = 0
        self.running: subprocess.Popen[bytes] | None = None
        if log.exists():
            log.replace(log.with_suffix(".old.log"))

    def start(self, leash: int) -> None:
        with self.log.open("ab") as log:
            self.running = spawn(self.command, leash, self.environment, log, subprocess.STDOUT)
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.running is None or self.running.poll() is not None

    def may_restart(self) -> bool:
        """Counts one death; whether it was one of the few that we forgive."""
        settled = time.monotonic() - self.started > SETTLED_AFTER
        self.deaths = 1 if settled else self.deaths + 1
        return self.deaths <= RESTARTS

    def ask_to_stop(self) -> None:
        if self.running is not None:
            self.running.terminate()

    def stop_by(self, deadline: float) -> None:
        """Waits until `deadline`, then ends whatever is left of the group."""
        if self.running is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(f"    {line}" for line in lines)
