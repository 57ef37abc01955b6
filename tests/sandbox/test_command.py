"""`python -m jira_sandbox` as a process: it starts, says so, keeps its state and ends cleanly."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

HOUSE = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "jira_sandbox", *arguments]


@contextmanager
def started(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    with subprocess.Popen(
        command("--port", "0", *arguments), cwd=HOUSE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            yield process, line.rpartition(" ")[2].strip()
        finally:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_cleanly(ending: signal.Signals) -> None:
    with started() as (process, address):
        answer = requests.get(f"{address}/rest/api/3/serverInfo", timeout=20)
        process.send_signal(ending)

        assert answer.json()["baseUrl"] == address
        assert process.wait(timeout=20) == 0


def test_it_keeps_its_state(tmp_path: Path) -> None:
    state = str(tmp_path / "sandbox.json")
    with started("--state", state, "--seed", "small") as (process, address):
        form = {"key": "DEMO-13", "status": "Done"}
        requests.post(f"{address}/board/move", data=form, timeout=20)
        process.terminate()
        process.wait(timeout=20)

    with started("--state", state) as (_, address):
        page = requests.get(f"{address}/browse/DEMO-13", timeout=20).text
        assert "status: To Do → Done" in page


def test_a_taken_port_gets_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            command("--port", port), cwd=HOUSE, capture_output=True, text=True, timeout=20
        )

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert port in ended.stderr


def test_a_damaged_state_gets_one_sentence(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    state.write_text("{")
    ended = subprocess.run(
        command("--state", str(state)), cwd=HOUSE, capture_output=True, text=True, timeout=20
    )

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "sandbox.json" in ended.stderr
