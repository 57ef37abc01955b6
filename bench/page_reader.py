"""Answers pages in this process, all middleware and templates included, and says what they cost.

    python -m bench.page_reader SIZE

moves into the database of DATABASE_URL, unless somebody is there, says which pages it has, and then
answers a line of JSON for each line: `{"key": …, "samples": …}` with seconds, `{"key": …}` with
queries and bytes.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
REPEATED = 9


def main() -> int:
    django.setup()
    from django.core.management import call_command

    from bench.at_size.building import build
    from bench.at_size.size import SIZES
    from bench.page_set import page_set
    from okr.models import Person

    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        build(SIZES[sys.argv[1]])
    pages = page_set()
    readers = {asked.key: Reader(asked.person, asked.path) for asked in pages}
    say([asked.as_object() for asked in pages])
    for line in sys.stdin:
        wanted = json.loads(line)
        reader = readers[wanted["key"]]
        say(reader.times(wanted["samples"]) if "samples" in wanted else reader.facts())
    return 0


def say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


@dataclass
class Reader:
    """One page as one person sees it."""

    person: int
    path: str

    def times(self, samples: int) -> dict[str, list[float]]:
        """In seconds, by the clock and of this process alone."""
        wall, own = [], []
        for _ in range(samples):
            begun, used = time.perf_counter(), time.process_time()
            self.read()
            wall.append(time.perf_counter() - begun)
            own.append(time.process_time() - used)
        return {"wall": wall, "own": own}

    def facts(self) -> dict[str, Any]:
        from bench.weight import weight

        statements = self._statements()
        page = self.read()
        return {"queries": len(statements), "sql": alone(statements), "bytes": weight(page)}

    def read(self) -> bytes:
        status: list[str] = []
        answer = application()(self._environ(), lambda line, *_: status.append(line))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if not status[0].startswith("200"):
            raise SystemExit(f"{self.path}: {status[0]}")
        return body

    def _statements(self) -> list[str]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self.read()
        return [query["sql"] for query in captured.captured_queries]

    def _environ(self) -> dict[str, Any]:
        parts = urlsplit(self.path)
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self._cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }

    @cached_property
    def _cookie(self) -> str:
        from django.test import Client

        from okr.models import Person

        client = Client()
        client.force_login(Person.objects.get(pk=self.person))
        return client.cookies.output(attrs=[], header="", sep=";").strip()


def alone(statements: list[str]) -> float:
    """The seconds that the same statements take on a bare connection: the middle of many runs."""
    asked = [each for each in statements if each.startswith("SELECT")]
    took = []
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        for _ in range(REPEATED):
            begun = time.perf_counter()
            for statement in asked:
                bare.execute(statement.encode()).fetchall()
            took.append(time.perf_counter() - begun)
    return sorted(took)[REPEATED // 2]


def application() -> Callable[..., Any]:
    from config.wsgi import application

    return application


if __name__ == "__main__":
    sys.exit(main())
