"""A test that is left out is named, and fails the run that promises to leave nothing out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
SKIPPED = "import pytest\n\ndef test_a():\n    pytest.skip('too wet to plaster')\n"


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml"]
    environment = os.environ | {"PLUMBLINE_NOTHING_LEFT_OUT": ""} | variables
    return subprocess.run(
        [*command, *arguments],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tests that follow our conftest and leave one out."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_skipped.py").write_text(SKIPPED)
    return tmp_path


def test_a_skip_is_told_but_does_no_harm(folder: Path) -> None:
    told = run(str(folder))

    assert told.returncode == 0
    assert "too wet to plaster" in told.stdout
    assert "1 test was left out" in told.stdout


def test_a_skip_fails_a_run_that_must_be_whole(folder: Path) -> None:
    told = run(str(folder), PLUMBLINE_NOTHING_LEFT_OUT="1")

    assert told.returncode == 1
    assert "1 test was left out; that fails this run" in told.stdout


def test_without_a_chromium_the_browser_tests_are_left_out_and_named(tmp_path: Path) -> None:
    told = run("tests/browser/test_harness.py", PATH=str(tmp_path))

    assert told.returncode == 0
    assert "no Chromium on this machine" in told.stdout
    assert re.search("^[1-9][0-9]* tests were left out", told.stdout, re.MULTILINE)
    assert "passed" not in told.stdout
