"""Runs the rows of the benchmark, each in a program of its own, and writes down what they measured.

    python -m bench [ROW …] [--small]

Without a row it runs all of them, and only that is written down. With --small every row does a
fraction of its work: that shows that the programs run, and its figures mean nothing.
"""

import argparse
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import figures

ROWS: dict[str, str] = {
    "1": "bench.reading",
    "2": "bench.reading",
    "3": "bench.reading",
    "4": "bench.freshness",
    "5": "bench.pages",
    "6": "bench.sites",
    "7": "bench.start",
}
"""The module of each row: `python -m MODULE --to FILE [--small]` hands its figures over in FILE.
Rows that measure the same work share a program."""


def main() -> int:
    options = _options()
    found: list[figures.Figure] = []
    broken = []
    for module in dict.fromkeys(ROWS[row] for row in options.rows or ROWS):
        begun = time.monotonic()
        measured = measure(module, options.small)
        say(f"{module}: {time.monotonic() - begun:.0f} s")
        say(figures.table(measured))
        found += measured
        broken += [] if measured else [module]
    if broken:
        say(f"Programs that broke off: {', '.join(broken)}")
    elif not options.small and not options.rows:
        today = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {figures.machine()}."
        figures.write(found, [today])
    missed = [each for each in found if each.reached is False]
    return 1 if broken or (missed and not options.small) else 0


def measure(module: str, small: bool) -> list[figures.Figure]:
    """Empty where the program broke off."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.json"
        words = [sys.executable, "-m", module, "--to", str(path), *(["--small"] if small else [])]
        ended = subprocess.run(words)  # noqa: S603
        return figures.handed_over(path) if ended.returncode == 0 and path.exists() else []


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help="1 to 7")
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
