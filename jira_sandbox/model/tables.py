"""Reading the seed's tables: columns between bars, a heading line, notes after a hash."""

from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seed"

Row = dict[str, str]


def read_table(seed: str, name: str) -> list[Row]:
    lines = (SEEDS / seed / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    heading, *rows = [_cells(line) for line in lines if line and not line.startswith("#")]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def issue_tables(seed: str, projects: list[str]) -> Iterator[tuple[str, list[Row]]]:
    for project in projects:
        if (SEEDS / seed / f"{project}.txt").exists():
            yield project, read_table(seed, project)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
