"""An installation as an operator has it: the three programs of production, and who uses them."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import redis
import requests

from tests.product import SOON
from tests.production import HOST, HOUSE, good, started
from tests.servers import Servers, free_port

PASSWORD, WHO = "a quiet lake in the north", "ada@larkspur.example"
STOPS_WITHIN = 3
PROGRAMS = ("web", "worker", "schedule")


class Installation:
    def __init__(self, folder: Path, servers: Servers, jira: str) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = good(folder) | {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": new_database(servers.database_url),
            "REDIS_URL": f"{servers.redis_url.rsplit('/', 1)[0]}/14",
            "PLUMBLINE_BIND": f"127.0.0.1:{self.port}",
            "PLUMBLINE_WEB_PROCESSES": "1",
            "PLUMBLINE_WORKER_PROCESSES": "2",
            "PLUMBLINE_STOP_SECONDS": str(STOPS_WITHIN),
            "PLUMBLINE_JIRA_HOSTS": jira,
            "PLUMBLINE_JIRA_SYNC_SECONDS": "2",
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def say(self, *command: str) -> str:
        """What a command of ours answers, once it has succeeded."""
        done = started(self.environment, *command)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, program: str) -> None:
        with (self.folder / f"{program}.log").open("ab") as log:
            self.running[program] = subprocess.Popen(
                [sys.executable, "-m", "config.serve", program],
                cwd=HOUSE,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, *programs: str) -> float:
        """Asks them to stop, all at once; answers how long that took."""
        begun = time.monotonic()
        for program in programs:
            self.running[program].terminate()
        for program in programs:
            self.running[program].wait(SOON)
        return time.monotonic() - begun

    def clean_up(self) -> None:
        for program in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def parts(self) -> dict[str, str]:
        """What the web program says about the others."""
        try:
            answer = requests.get(f"http://127.0.0.1:{self.port}/health/ready", timeout=SOON)
        except requests.ConnectionError:
            return {}
        told: dict[str, str] = answer.json()["parts"]
        return told

    def messages(self) -> list[bytes]:
        """What waits in the queue."""
        with redis.Redis.from_url(self.environment["REDIS_URL"]) as queue:
            waiting: list[bytes] = queue.lrange("celery", 0, -1)
        return waiting


def new_database(url: str) -> str:
    name = "production"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{url.rsplit('/', 1)[0]}/{name}"


class Browser:
    """Comes through a proxy that speaks HTTPS; keeps its cookies, which are for HTTPS alone."""

    def __init__(self, port: int) -> None:
        self.address, self.cookies = f"http://127.0.0.1:{port}", dict[str, str]()

    def get(self, path: str) -> requests.Response:
        return self._ask("GET", path)

    def number(self, path: str) -> str:
        """The progress of a key result, as its page says it."""
        shown = re.search(r'class="hero-number">([^<]*)<', self.get(path).text)
        return shown[1] if shown else ""

    def sign_in(self) -> None:
        page = self.get("/sign-in/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        words = {"csrfmiddlewaretoken": token[1], "login": WHO, "password": PASSWORD}
        assert self._ask("POST", "/sign-in/", words).status_code == 302

    def _ask(
        self, method: str, path: str, words: dict[str, str] | None = None
    ) -> requests.Response:
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        answer = requests.request(
            method,
            f"{self.address}{path}",
            data=words,
            headers=headers,
            timeout=SOON,
            allow_redirects=False,
        )
        self.cookies |= answer.cookies.get_dict()
        return answer
