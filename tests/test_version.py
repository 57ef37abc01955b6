"""The product names its version in one place that is shipped, and one that is not."""

import tomllib
from pathlib import Path

from config import VERSION

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def test_both_say_the_same():
    assert tomllib.loads(PROJECT.read_text())["project"]["version"] == VERSION
