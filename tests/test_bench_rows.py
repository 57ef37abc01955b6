"""Every row of the benchmark runs, on a fraction of its work; its figures then mean nothing."""

import subprocess
import sys

import pytest

from bench.__main__ import ROWS
from bench.figures import handed_over
from tests.product import HOUSE

pytestmark = pytest.mark.servers


@pytest.mark.parametrize("module", sorted(set(ROWS.values())))
def test_its_rows_are_handed_over(module, tmp_path):
    handed = tmp_path / "figures.json"
    words = [sys.executable, "-m", module, "--small", "--to", str(handed)]

    ended = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    mine = {row for row, program in ROWS.items() if program == module}
    assert {each.row[0] for each in handed_over(handed)} == mine
