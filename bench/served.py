"""Sandbox Jiras in a program of their own, each on a port that was free.

    python -m bench.served --sites 1 --issues 100000 [--kept] [--delay 0.05]

It answers with their addresses at once, and with their issues when these are made.

With --kept an answer is made by the sandbox once and then served from memory, the same bytes to
whoever asks: the server must not be what is measured. On its standard input:

    move NUMBER    moves so many issues of each site, evenly spread, and forgets what was kept
    calls          answers how often each path was asked for, and begins to count anew
"""

import argparse
import json
import sys
import time
from collections import Counter
from contextlib import ExitStack
from itertools import cycle
from typing import Any

from jira_sandbox.messages import Request, Response
from jira_sandbox.sandbox import Dialect
from jira_sandbox.testing import SandboxJira, running_sandbox

PROJECT = "DEMO"
STATUSES = ("Done", "In Progress", "To Do")
PAGE = 1_000


class Served:
    """A dialect before another one: it counts, waits, and may keep what was answered."""

    def __init__(self, dialect: Dialect, delay: float, *, keeps: bool) -> None:
        self.calls: Counter[str] = Counter()
        self.kept: dict[tuple[str, str, bytes, str], Response] = {}
        self._dialect, self._delay, self._keeps = dialect, delay, keeps

    def answer(self, request: Request) -> Response:
        self.calls[request.path] += 1
        time.sleep(self._delay)
        if not self._keeps:
            return self._dialect.answer(request)
        signed = request.headers.get("authorization", "")
        name = request.method, request.target, request.body, signed
        if name not in self.kept:
            self.kept[name] = self._dialect.answer(request)
        return self.kept[name]


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        jiras = [
            stack.enter_context(running_sandbox("small", page_size=PAGE))
            for _ in range(options.sites)
        ]
        _tell([jira.url for jira in jiras])
        fronts = [_serve(jira, options) for jira in jiras]
        issues = [[each.id for each in jira.create_many(PROJECT, options.issues)] for jira in jiras]
        _tell(issues)
        _obey(jiras, fronts, issues)


def _obey(jiras: list[SandboxJira], fronts: list[Served], issues: list[list[int]]) -> None:
    turns = cycle(STATUSES)
    for line in sys.stdin:
        match line.split():
            case ["move", number]:
                status = next(turns)
                for jira, ids in zip(jiras, issues, strict=True):
                    _move(jira, ids[:: max(len(ids) // int(number), 1)], status)
                for front in fronts:
                    front.kept.clear()
                _tell(None)
            case ["calls"]:
                _tell(sum((front.calls for front in fronts), Counter[str]()))
                for front in fronts:
                    front.calls.clear()


def _serve(jira: SandboxJira, options: argparse.Namespace) -> Served:
    served = Served(jira.sandbox.dialect, options.delay, keeps=options.kept)
    jira.sandbox.dialect = served
    return served


def _move(jira: SandboxJira, ids: list[int], status: str) -> None:
    with jira.site.together():
        for number in ids:
            jira.move(str(number), status)


def _tell(told: Any) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.served", description=__doc__)
    parser.add_argument("--sites", type=int, default=1)
    parser.add_argument("--issues", type=int, default=100_000)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--kept", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
