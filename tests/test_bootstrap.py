"""The set-up of a new machine: its sentences, and that it mends what an earlier one left undone."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap

HOUSE = Path(__file__).resolve().parent.parent
MISSING = "nothing-of-this-name==1.0 --hash=sha256:" + "0" * 64
FAKE_UV = """#!/bin/sh
echo "$@" >> "$0.log"
test ! -e "$0.broken"
"""


class Machine:
    """A checkout in a folder with a space in its name, and a `uv` that only notes its work."""

    def __init__(self, folder: Path) -> None:
        self.house = folder / "a house"
        self.uv = folder / "bin" / "uv"
        (self.house / "config").mkdir(parents=True)
        (self.house / "requirements").mkdir()
        shutil.copy(HOUSE / "config" / "bootstrap.py", self.house / "config")
        for lock in ("core.lock", "dev.lock", "installer.lock"):
            (self.house / "requirements" / lock).write_text(f"# {lock}\n")
        self.uv.parent.mkdir()
        self.uv.write_text(FAKE_UV)
        self.uv.chmod(0o755)

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        path = f"{self.uv.parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.Popen(
            [sys.executable, str(self.house / "config" / "bootstrap.py"), *arguments],
            env=os.environ | {"PATH": path, "PIP_NO_INDEX": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def set_up(self, *arguments: str) -> str:
        return self.begin(*arguments).communicate(timeout=120)[0]

    def installed(self) -> list[str]:
        log = self.uv.with_suffix(".log")
        text = log.read_text() if log.exists() else ""
        log.unlink(missing_ok=True)
        return [Path(line).name for line in text.splitlines()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_an_old_python_is_turned_away_in_one_sentence() -> None:
    said = bootstrap.python_complaint((3, 9))

    assert "needs Python 3.11 or newer; python3 is 3.9." in said
    assert "\n" not in said
    assert bootstrap.python_complaint((3, 11)) == ""


def test_a_python_without_venv_hears_the_name_of_the_package() -> None:
    assert bootstrap.venv_complaint() == ""
    assert "python3-venv" in bootstrap.NO_VENV


def test_it_installs_once_and_then_only_what_changed(machine: Machine) -> None:
    assert "Making a virtual environment" in machine.set_up()
    assert machine.installed() == ["core.lock"]

    assert machine.set_up() == ""
    assert machine.installed() == []

    (machine.house / "requirements" / "core.lock").write_text("# changed\n")
    assert "virtual environment" not in machine.set_up()
    assert machine.installed() == ["core.lock"]


def test_the_developers_set_serves_both_commands(machine: Machine) -> None:
    machine.set_up("--dev")
    assert machine.installed() == ["dev.lock"]

    assert machine.set_up() == ""
    assert machine.installed() == []


def test_a_failed_set_up_says_so_and_is_started_again(machine: Machine) -> None:
    machine.uv.with_suffix(".broken").touch()
    lock = machine.house / "requirements" / "core.lock"
    lock.write_text(MISSING)
    said = machine.set_up()
    assert "trying pip" in said
    assert said.splitlines()[-1] == bootstrap.NOT_INSTALLED

    machine.uv.with_suffix(".broken").unlink()
    lock.write_text("# mended\n")
    assert "An earlier set-up was not finished; starting it again" in machine.set_up()
    assert machine.set_up() == ""


def test_an_environment_of_another_python_is_built_anew(machine: Machine) -> None:
    machine.set_up()
    record = machine.house / ".venv" / "installed"
    record.write_text(record.read_text().rsplit(" ", 1)[0] + " 3.10")

    assert "does not fit Python" in machine.set_up()


def test_a_second_set_up_waits_for_the_first(machine: Machine) -> None:
    with (machine.house / "config" / "bootstrap.py").open() as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        waiting = machine.begin()
        assert waiting.stdout is not None
        assert "Another set-up is running" in waiting.stdout.readline()

    said, _ = waiting.communicate(timeout=120)
    assert waiting.returncode == 0
    assert "The dependencies are installed." in said
