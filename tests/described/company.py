"""The demo company behind a web program of its own: what is asked of it harms nobody else."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Self

import requests

from tests.product import HOUSE, SOON, wait_until
from tests.servers import free_port

PREPARING = ("migrate", "--verbosity", "0"), ("demo", "--quiet")
WEB = ("--worker-class", "gthread", "--threads", "4", "--log-level", "error")


class Company:
    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "web.txt"
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PLUMBLINE_VAR": str(folder / "var"),
            "PLUMBLINE_PORT": str(self.port),
            "PLUMBLINE_API_REQUESTS": "1000000",
            "PLUMBLINE_LOG_LEVEL": "ERROR",
            "DATABASE_URL": "",
        }

    def __enter__(self) -> Self:
        for words in PREPARING:
            self._python("manage.py", *words)
        web = [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
        bind = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        with self.log.open("wb") as log:
            self.web = subprocess.Popen(
                [*web, *bind, *WEB], cwd=HOUSE, env=self.environment, stderr=log
            )
        wait_until(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        self.web.terminate()
        self.web.wait(SOON)

    def breakdowns(self) -> str:
        """The lines of the web program that are of no deed."""
        return "".join(line for line in self.log.open() if " okr.audit " not in line)

    def tokens(self) -> dict[str, str]:
        """By whose they are."""
        lines = self._python("-m", "tests.described.tokens").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def _answers(self) -> bool:
        """With its description, which takes a moment to be made for the first time."""
        assert self.web.poll() is None, "The web program ended."
        try:
            return requests.get(f"{self.address}/api/v1/openapi.json", timeout=SOON).ok
        except requests.ConnectionError:
            return False

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=HOUSE,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout
