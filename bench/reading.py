"""Rows 1 to 3: reading 100,000 linked issues, new percentages for them, and nothing to do.

    python -m bench.reading --to FILE [--small]

20,000 key results of five issues, each linked by itself. All contenders ask the same Jira, a
program of its own that answers from memory with the bytes which the sandbox made once.
"""

import argparse
from pathlib import Path

from bench.figures import hand_over
from bench.place import house

ISSUES, ISSUES_SMALL = 100_000, 5_000


def main() -> None:
    options = _options()
    issues = ISSUES_SMALL if options.small else ISSUES
    with house("--issues", str(issues), "--kept") as (folder, jira):
        from bench import rounds  # once Django is set up

        hand_over(rounds.measure(folder, jira), options.to)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.reading", description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
