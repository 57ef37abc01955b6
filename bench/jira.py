"""A sandbox Jira in a program of its own, which does what it is told on its standard input.

    move KEY STATUS    moves an issue and tells who listens
    storm NUMBER       moves so many issues at once, tells nobody, and answers where to
    forget             begins to count the calls anew
    calls              answers how often each path was asked for

Every command but `move` answers with a line of JSON.
"""

import json
import random
import sys
from collections import Counter
from typing import Any

from jira_sandbox.testing import SandboxJira, running_sandbox

PROJECT = "DEMO"
STATUSES = ("To Do", "In Progress", "Done")


def main() -> None:
    port, issues = int(sys.argv[1]), int(sys.argv[2])
    with running_sandbox("small", port=port) as jira:
        keys = [issue.key for issue in jira.create_many(PROJECT, issues)]
        answer(keys)
        for line in sys.stdin:
            obey(jira, keys, line.split(maxsplit=2))


def obey(jira: SandboxJira, keys: list[str], words: list[str]) -> None:
    match words:
        case ["move", key, status]:
            jira.move(key, status.strip())
        case ["storm", number]:
            answer(storm(jira, keys[: int(number)]))
        case ["forget"]:
            jira.forget_calls()
            answer(None)
        case ["calls"]:
            answer(Counter(call.path for call in jira.calls))


def storm(jira: SandboxJira, keys: list[str]) -> dict[str, str]:
    """The same on every machine, so that two measurements can be compared. Who measures sends the
    events, as fast as they are taken: one Jira beside it would be too slow for that."""
    dice = random.Random(20_261_121)  # noqa: S311  no secret
    there = {key: dice.choice(STATUSES[1:]) for key in keys}
    hooks = dict(jira.site.hooks)
    with jira.site.together():
        jira.site.hooks.clear()
        for key, status in there.items():
            jira.move(key, status)
        jira.site.hooks.update(hooks)
    return there


def answer(told: Any) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
