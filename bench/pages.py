"""Row 5: what the pages cost a small company and a large one, and what their queries alone do.

    python -m bench.pages --to FILE [--small]

Two companies in one PostgreSQL, each read by a process of its own, in turns: whatever else the
machine does meanwhile falls on both. The roles of a page are measured apart; its figure is that of
the role that pays most.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import psycopg
from psycopg.errors import DuplicateDatabase

from bench.figures import hand_over
from bench.page_costs import Cost, Measured, figures
from config.plan import HOUSE
from tests.servers import postgresql

HEAD = "median, p95, CPU here, queries alone (ms); queries; kB with scripts and styles"


class Effort(NamedTuple):
    warm_up: int
    rounds: int
    samples: int


FULL, LITTLE = Effort(5, 12, 5), Effort(1, 1, 2)


class Reader:
    """The program of `bench.page_reader`, in a company of one size."""

    def __init__(self, size: str, database_url: str, var: Path) -> None:
        environment = {"DATABASE_URL": database_url, "PLUMBLINE_VAR": str(var), "REDIS_URL": ""}
        self.program = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bench.page_reader", size],
            cwd=HOUSE,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **wanted: Any) -> Any:
        assert self.program.stdin  # noqa: S101  narrows the type
        self.program.stdin.write(json.dumps(wanted) + "\n")
        self.program.stdin.flush()
        return self.answer()

    def answer(self) -> Any:
        assert self.program.stdout  # noqa: S101  narrows the type
        line = self.program.stdout.readline()
        if not line:
            raise SystemExit("A reader of pages broke off.")
        return json.loads(line)

    def stop(self) -> None:
        self.program.terminate()
        self.program.wait(20)


def main() -> int:
    options = _options()
    sizes = ("sample", "small") if options.small else ("small", "large")
    with TemporaryDirectory() as folder, ExitStack() as stack:
        url = options.server or stack.enter_context(postgresql())
        readers = [stack.enter_context(reading(url, size, Path(folder))) for size in sizes]
        for reader in readers:
            pages = reader.answer()
        effort = LITTLE if options.small else FULL
        found = [measure(page, readers, effort) for page in wanted(pages, options.only)]
    tell(found)
    if options.to:
        hand_over(figures(found), options.to)
    return 0


@contextmanager
def reading(url: str, size: str, folder: Path) -> Iterator[Reader]:
    with psycopg.connect(url, autocommit=True) as connection, suppress(DuplicateDatabase):
        connection.execute(f'CREATE DATABASE "{size}"'.encode())
    reader = Reader(size, f"{url.rsplit('/', 1)[0]}/{size}", folder / size)
    try:
        yield reader
    finally:
        reader.stop()


def wanted(pages: list[dict[str, Any]], only: str) -> list[dict[str, Any]]:
    return [page for page in pages if only in page["key"]]


def measure(page: dict[str, Any], readers: list[Reader], effort: Effort) -> Measured:
    for reader in readers:
        reader.ask(key=page["key"], samples=effort.warm_up)
    small, large = (Cost(reader.ask(key=page["key"])) for reader in readers)
    for _ in range(effort.rounds):
        for reader, cost in zip(readers, (small, large), strict=True):
            took = reader.ask(key=page["key"], samples=effort.samples)
            cost.wall += took["wall"]
            cost.own += took["own"]
    return Measured(page, small, large)


def tell(found: list[Measured]) -> None:
    say(HEAD)
    for each in found:
        say(f"{each.page['key']:32} small {each.small.line}")
        say(f"{'':32} large {each.large.line}  {each.times:.2f} x")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    parser.add_argument("--to", type=Path, help="where the figures go")
    parser.add_argument("--small", action="store_true", help="two little companies, few samples")
    parser.add_argument("--server", help="a PostgreSQL that keeps both companies for the next run")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
