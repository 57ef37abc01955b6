"""The operator's manual names every variable that the product reads, and no other."""

import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"\b(?:PLUMBLINE_[A-Z_]+|DATABASE_URL|REDIS_URL)\b")


def test_the_manual_names_what_the_settings_read() -> None:
    modules = "\n".join(path.read_text() for path in (HOUSE / "config").rglob("*.py"))
    read = {word.strip('"') for word in re.findall(rf'"{VARIABLE.pattern}"', modules)}
    manual = (HOUSE / "docs" / "operators.md").read_text()

    assert set(VARIABLE.findall(manual)) == read
