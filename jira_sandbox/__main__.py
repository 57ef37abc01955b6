"""`python -m jira_sandbox`: one sandbox on one port, until it is told to stop."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from jira_sandbox.board.accounts_board import HERE as ACCOUNTS
from jira_sandbox.confluence.cloud.dialect import CONTEXT as WIKI
from jira_sandbox.confluence.data_center.dialect import CONTEXT as ON_PREMISE
from jira_sandbox.data_center.dialect import CONTEXT
from jira_sandbox.model.seeding import seeded_site
from jira_sandbox.model.state_file import StateFileError, kept_site
from jira_sandbox.sandbox import Sandbox

SEEDS = ("company", "small")


def main(arguments: Sequence[str] | None = None) -> int:
    options, end = _options(arguments), _told_to_end()
    try:
        site = (
            kept_site(options.state, options.seed) if options.state else seeded_site(options.seed)
        )
        sandbox = Sandbox(site)
        server = sandbox.serve(options.host, options.port)
    except StateFileError as error:
        return _give_up(f"{error} Delete the file to begin afresh.")
    except OSError as error:
        return _give_up(f"Cannot listen on {options.host}:{options.port}: {error.strerror}.")
    print(f"Sandbox Jira listens on {server.address}", flush=True)  # noqa: T201
    print(f"As a Data Center it is at {server.address}{CONTEXT}", flush=True)  # noqa: T201
    print(f"Its Confluence is at {server.address}{WIKI}", flush=True)  # noqa: T201
    print(f"That one as a Data Center is at {server.address}{ON_PREMISE}", flush=True)  # noqa: T201
    print(f"Its organizations are at {server.address}{ACCOUNTS}", flush=True)  # noqa: T201
    end.wait()
    sandbox.stop(server)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="jira_sandbox", description="A small stateful Jira.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8031)
    parser.add_argument("--state", type=Path, help="keep the issues in this JSON file")
    parser.add_argument("--seed", choices=SEEDS, default=SEEDS[0])
    return parser.parse_args(arguments)


def _give_up(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1


def _told_to_end() -> Event:
    """From now on a signal ends the program in order: whoever reads our address may send one."""
    end = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    return end


if __name__ == "__main__":
    sys.exit(main())
