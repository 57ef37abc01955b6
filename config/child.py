"""A program that config.up starts, watches and stops: its own group, its own log, on a leash."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
RESTARTS = 3
SETTLED_AFTER = 60.0  # seconds alive after which earlier deaths are forgotten
TAIL_LINES = 15


class Child:
    """Started again when it dies, but not for ever."""

    def __init__(
        self, name: str, command: list[str], log: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.command = command
        self.log = log
        self.environment = environment
        self.deaths = 0

    def start(self, leash: int) -> None:
        """`leash` is the reading end of the pipe that config.leash waits on."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "config.leash", str(leash), *self.command],
                cwd=HOUSE,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[leash],
                start_new_session=True,
            )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.running.poll() is not None

    def may_restart(self) -> bool:
        """Counts one death; whether it was one of the few that we forgive."""
        settled = time.monotonic() - self.started > SETTLED_AFTER
        self.deaths = 1 if settled else self.deaths + 1
        return self.deaths <= RESTARTS

    def ask_to_stop(self) -> None:
        if not self.has_ended():
            self.running.terminate()

    def stop_by(self, deadline: float) -> None:
        """Waits until `deadline`, then ends whatever is left of the group."""
        try:
            self.running.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        finally:
            self._kill_group()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.running.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.running.wait()

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(f"    {line}" for line in lines)
