"""A page is there soon after a start: what only few requests need is imported by those."""

import os
import subprocess
import sys

import pytest

from tests.product import HOUSE

LATER = ("xlsxwriter", "openpyxl", "redis", "sentry_sdk", "prometheus_client")
"""Not psycopg: Django REST framework imports it, with its fields of PostgreSQL."""
CODE = """
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """By the pages of the embedded product, with every address."""
    ours = {"PLUMBLINE_VAR": str(tmp_path_factory.mktemp("var")), "DATABASE_URL": ""}
    environment = os.environ | ours | {"REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    words = [sys.executable, "-c", CODE]
    told = subprocess.run(words, cwd=HOUSE, env=environment, capture_output=True, check=True)
    return set(told.stdout.decode().split())


@pytest.mark.parametrize("module", LATER)
def test_a_start_waits_for_no(module: str, imported: set[str]) -> None:
    assert "okr.urls" in imported
    assert module not in imported
