"""Starts everything on this machine, watches over it and stops it: what stands behind `make run`.

    python -m config.up [--with-parent]

With --with-parent it also stops when the program that started it, `make`, is gone.
Imports neither Django nor Celery: it must start at once and take next to no memory.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from config.child import Child, spawn
from config.crew import Crew, leash
from config.plan import HOST, Plan
from jira_sandbox.board.accounts_board import address_of
from jira_sandbox.confluence.cloud.dialect import CONTEXT as WIKI
from jira_sandbox.confluence.data_center.dialect import CONTEXT as ON_PREMISE
from jira_sandbox.data_center.dialect import CONTEXT
from jira_sandbox.model.nouns import ACCESS_TOKEN
from jira_sandbox.model.seeding import bare_site
from jira_sandbox.model.site import Site

ANSWERS_WITHIN = 60.0  # seconds


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        up(Plan.from_environment(os.environ))
    except KeyboardInterrupt:
        say("Stopped.")


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def up(plan: Plan) -> None:
    parent = os.getppid() if "--with-parent" in sys.argv else None
    with only_one_in(plan.var), leash() as pipe:
        require_free("PLUMBLINE_PORT", plan.port)
        require_free("PLUMBLINE_SANDBOX_PORT", plan.sandbox_port)
        people = prepare(plan, pipe)
        say("Starting the pages, the worker and the sandbox Jira …")
        crew = Crew(children(plan), pipe)
        with crew.at_work():
            wait_for_answers(plan, crew)
            say(welcome(plan, people))
            while parent in (None, os.getppid()):
                crew.look_after()


@contextmanager
def only_one_in(var: Path) -> Iterator[None]:
    """Two starts on one var folder would share a queue, a schedule and a database file."""
    (var / "log").mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("w") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SystemExit(f"Plumbline is already running on {var}; stop it first.") from None
        yield


def require_free(variable: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be used ({error.strerror});"
                f" name another one, for example {variable}={port + 100}."
            ) from None


def prepare(plan: Plan, pipe: int) -> str:
    """Readies the database in a program of its own; answers who can sign in, a person a line."""
    say("Preparing the database …")
    with spawn(["manage", "prepare"], pipe, plan.environment, subprocess.PIPE) as program:
        try:
            people, _ = program.communicate()
        except KeyboardInterrupt:
            program.kill()
            raise
    if program.returncode:
        raise SystemExit("The database could not be prepared; the lines above say why.")
    return people.decode()


def children(plan: Plan) -> list[Child]:
    commands = {"sandbox": plan.sandbox(), "web": plan.web(), "worker": plan.worker()}
    return [
        Child(name, command, plan.var / "log" / f"{name}.log", plan.environment)
        for name, command in commands.items()
    ]


def wait_for_answers(plan: Plan, crew: Crew) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    for port in (plan.sandbox_port, plan.port):
        while not answers(port):
            if time.monotonic() > deadline:
                raise SystemExit(f"Nothing answers on port {port}; see {plan.var / 'log'}.")
            crew.look_after()


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(plan: Plan, people: str) -> str:
    site = bare_site("company")
    tokens = site.tokens.values()
    token, access = next(iter(tokens)), next(each for each in tokens if ACCESS_TOKEN in each.scopes)
    return f"""
Plumbline is at {plan.address}
{people}
A sandbox Jira is at {plan.sandbox_address}
Connect it with the e-mail {token.account.email} and the API token {token.secret}
The same Jira as a Data Center is at {plan.sandbox_address}{CONTEXT}
Connect that with the user name {access.account.name} and the personal access token {access.secret}
Its Confluence is at {plan.sandbox_address}{WIKI}; it takes the same e-mail and API token
That as a Data Center is at {plan.sandbox_address}{ON_PREMISE}; it takes the same access token
{organization(plan, site)}

Everything is kept in {plan.var}. Ctrl-C stops it.
"""


def organization(plan: Plan, site: Site) -> str:
    """What stands above the sandbox's site, and the key to it."""
    key = next(iter(site.people.organizations.keys.values()))
    home = site.people.organizations.by_id[key.organization]
    address = f"{plan.sandbox_address}{address_of(home)}"
    return f"""The Atlassian organization above the sandbox is at {address}
Its administrator is {home.profiles[key.maker].email}, and its API key {key.secret}"""


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
