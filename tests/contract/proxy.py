"""Prism as a validating proxy: 422 for a request, 500 for an answer that breaks the description."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.contract.description import HERE, missing, satisfiable
from tests.servers import free_port

PRISM = HERE / "node_modules" / ".bin" / "prism"
PATIENCE = 90.0  # seconds; it listens after four on an idle machine


def unavailable() -> str:
    """Why the proxy cannot run here; empty when it can."""
    if not shutil.which("node"):
        return "the validating proxy needs Node (Debian: apt install nodejs npm)"
    if not PRISM.exists():
        return "the validating proxy is not installed (npm ci --prefix tests/contract)"
    return missing()


@contextmanager
def validating_proxy(upstream: str, folder: Path, edition: str = "cloud") -> Iterator[str]:
    """`folder` receives the description that the proxy reads."""
    description = folder / "description.json"
    description.write_text(json.dumps(satisfiable(edition)), encoding="utf-8")
    port = free_port()
    command = [str(PRISM), "proxy", "-h", "127.0.0.1", "-p", str(port), "--errors"]
    with subprocess.Popen(
        [*command, str(description), upstream],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_until_it_listens(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _wait_until_it_listens(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The validating proxy did not listen (exit status {process.poll()}).")
