"""The limits of signing in are those of the company, however many programs count."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.accounts import LIMITS
from tests.servers import Servers

HOUSE = Path(__file__).resolve().parent.parent
GUESSES = """
import django
django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/sign-in/", REMOTE_ADDR="203.0.113.9")
limit = {"action": "login_failed", "key": "dana.holt@larkspur.example"}
print(sum(bool(ratelimit.consume(request, **limit)) for _ in range(8)))
"""


@pytest.mark.servers
def test_guesses_at_several_programs_are_counted_together(servers: Servers, tmp_path: Path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_VAR": str(tmp_path),
        "PLUMBLINE_CACHE_URL": servers.redis_url,
    }
    guessers = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSES],
            cwd=HOUSE,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    let_through = [int(each.communicate(timeout=120)[0]) for each in guessers]
    assert LIMITS["login_failed"].startswith("5/15m/key")
    assert sum(let_through) == 5
