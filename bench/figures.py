"""What a row of the benchmark measured: as a table, a page of text and a list of objects."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any, Self

import psutil

RESULTS = Path(__file__).resolve().parent / "results"
AT_MOST, AT_LEAST = "≤", "≥"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number and what it has to reach, as `≤ 1.5`; empty where nothing was set.

    `row` is a row of `bench.__main__`, with a letter where it has several figures.
    """

    row: str
    what: str
    figure: float
    unit: str
    to_reach: str = ""

    @classmethod
    def at_most(cls, row: str, what: str, figure: float, unit: str, bound: float) -> Self:
        return cls(row, what, figure, unit, f"{AT_MOST} {bound:g}")

    @classmethod
    def at_least(cls, row: str, what: str, figure: float, unit: str, bound: float) -> Self:
        return cls(row, what, figure, unit, f"{AT_LEAST} {bound:g}")

    @property
    def reached(self) -> bool | None:
        """None where nothing was set."""
        if not self.to_reach:
            return None
        sign, bound = self.to_reach.split()
        return self.figure <= float(bound) if sign == AT_MOST else self.figure >= float(bound)

    def as_object(self) -> dict[str, Any]:
        return {**asdict(self), "figure": round(self.figure, 3), "reached": self.reached}


def p95(samples: Sequence[float]) -> float:
    return quantiles(samples, n=20, method="inclusive")[-1] if len(samples) > 1 else samples[0]


def machine() -> str:
    """What this ran on: figures of two machines cannot be compared."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text().splitlines() if cpus.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    memory = round(psutil.virtual_memory().total / 2**30)
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {memory} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def table(figures: Iterable[Figure]) -> str:
    """As Markdown, which also reads well in a terminal."""
    head = ["| row | what | figure | to reach | reached |", "|-|-|-|-|-|"]
    return "\n".join([*head, *map(_line, figures)])


def _line(each: Figure) -> str:
    verdict = {True: "yes", False: "**no**", None: ""}[each.reached]
    number = f"{each.figure:,.0f}" if abs(each.figure) >= 1_000 else f"{each.figure:.3g}"
    return f"| {each.row} | {each.what} | {number} {each.unit} | {each.to_reach} | {verdict} |"


def write(figures: Sequence[Figure], remarks: Sequence[str], folder: Path = RESULTS) -> None:
    """`latest.md` to read and `latest.json` to compare."""
    folder.mkdir(exist_ok=True)
    parts = ["# The last run of `make bench`", *remarks, table(figures)]
    (folder / "latest.md").write_text("\n\n".join(parts) + "\n")
    listed = json.dumps([each.as_object() for each in figures], indent=2, ensure_ascii=False)
    (folder / "latest.json").write_text(listed + "\n")


def hand_over(figures: Iterable[Figure], path: Path) -> None:
    """From the program of a row to `bench`, which runs it."""
    path.write_text(json.dumps([asdict(each) for each in figures]))


def handed_over(path: Path) -> list[Figure]:
    return [Figure(**each) for each in json.loads(path.read_text())]
