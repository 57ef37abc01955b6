"""The real product, as `make run` starts it, on ports and a folder of its own."""

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import requests

from tests.servers import free_port

HOUSE = Path(__file__).resolve().parent.parent
SOON = 120.0  # seconds; generous, as a slow machine is not a fault
COMMAND = (sys.executable, "-m", "config.up")


class Product:
    def __init__(self, var: Path) -> None:
        var.mkdir(parents=True, exist_ok=True)
        self.var = var
        self.port, self.sandbox_port = free_port(), free_port()
        self.printed = var / "printed.txt"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_address(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    def environment(self) -> dict[str, str]:
        ours = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PLUMBLINE_VAR": str(self.var),
            "PLUMBLINE_PORT": str(self.port),
            "PLUMBLINE_SANDBOX_PORT": str(self.sandbox_port),
        }
        return os.environ | ours | self.own_database()

    def own_database(self) -> dict[str, str]:
        """On a server, a database of this folder's own, made on the first call."""
        url = os.environ.get("DATABASE_URL")
        if not url:
            return {}
        name = f"product_{zlib.crc32(bytes(self.var)):x}"
        with (
            suppress(psycopg.errors.DuplicateDatabase),
            psycopg.connect(url, autocommit=True) as connection,
        ):
            connection.execute(f"CREATE DATABASE {name}".encode())
        return {"DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}

    def begin(
        self, command: Sequence[str] = COMMAND, environment: Mapping[str, str] | None = None
    ) -> None:
        """Starts without waiting."""
        with self.printed.open("wb") as output:
            self.running = subprocess.Popen(
                command,
                cwd=HOUSE,
                env=environment or self.environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def start(self, command: Sequence[str] = COMMAND) -> None:
        self.begin(command)
        wait_until(lambda: "Ctrl-C" in self.words() or self.running.poll() is not None)
        assert self.running.poll() is None, self.words()
        self.family = psutil.Process(self.running.pid).children(recursive=True)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ends it as Ctrl-C does; answers with its exit code."""
        self.running.send_signal(number)
        return self.running.wait(SOON)

    def words(self) -> str:
        return self.printed.read_text()

    def survivors(self) -> list[psutil.Process]:
        return [member for member in self.family if alive(member)]

    def answers(self) -> bool:
        try:
            return requests.get(self.address, timeout=SOON).ok
        except requests.ConnectionError:
            return False

    def clean_up(self) -> None:
        """After a failed test: nothing that it started outlives it."""
        if self.running.poll() is None:
            self.running.kill()
            self.running.wait()


def alive(member: psutil.Process) -> bool:
    try:
        return bool(member.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
