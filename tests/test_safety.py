"""Production does not start unsafely: every fault is a sentence, and none tells a secret."""

from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.safety import REQUIRED, refuse_unsafe
from tests.production import HOST, good, started

FIELD_KEY = urlsafe_b64encode(bytes(range(32))).decode()
LONG = "q8Zt3x_-Lw0" * 6


def faults(environment: dict[str, str]) -> list[str]:
    try:
        refuse_unsafe(Environment(environment))
    except ImproperlyConfigured as refused:
        return str(refused).splitlines()
    return []


def test_a_good_environment_has_no_fault(tmp_path: Path) -> None:
    assert faults(good(tmp_path)) == []


@pytest.mark.parametrize("name", REQUIRED)
def test_what_production_demands_cannot_be_left_out(name: str, tmp_path: Path) -> None:
    assert f"In production {name} must be set." in faults(good(tmp_path) | {name: " "})


@pytest.mark.parametrize(
    ("name", "word", "sentence"),
    [
        ("PLUMBLINE_SECRET_KEY", LONG[:49], "shorter than 50"),
        ("PLUMBLINE_SECRET_KEY", "a" * 60, "is a sample"),
        ("PLUMBLINE_SECRET_KEY", "django-insecure-" + LONG, "is a sample"),
        ("PLUMBLINE_SECRET_KEY", "Change-me " + LONG, "is a sample"),
        ("PLUMBLINE_SECRET_KEY", FIELD_KEY + LONG, "share a key"),
        ("PLUMBLINE_FIELD_KEYS", f"{FIELD_KEY},short", "Key 2 of PLUMBLINE_FIELD_KEYS is no"),
        ("PLUMBLINE_FIELD_KEYS", "A" * 43 + "=", "Key 1 of PLUMBLINE_FIELD_KEYS is a sample"),
        ("PLUMBLINE_HOSTS", f"{HOST},*", "PLUMBLINE_HOSTS is *"),
        ("PLUMBLINE_HOSTS", f"{HOST},*.example.org", "it takes names alone"),
        ("PLUMBLINE_HOSTS", f"{HOST},https://okr.example.org", "it takes names alone"),
        ("PLUMBLINE_HOSTS", f"{HOST},okr.example.org:443", "it takes names alone"),
        ("PLUMBLINE_HOSTS", "okr.example.org", "does not name the host of PLUMBLINE_ADDRESS"),
        ("PLUMBLINE_ADDRESS", f"http://{HOST}", "PLUMBLINE_ADDRESS must be https"),
        ("PLUMBLINE_ADDRESS", HOST, "PLUMBLINE_ADDRESS must be https"),
        ("PLUMBLINE_ORIGINS", "http://intra.example.org", "PLUMBLINE_ORIGINS must be https"),
        ("PLUMBLINE_ORIGINS", "https://*.example.org", "PLUMBLINE_ORIGINS must be https"),
        ("PLUMBLINE_JIRA_GATEWAY", "http://api.example", "PLUMBLINE_JIRA_GATEWAY must be https"),
        ("DATABASE_URL", "sqlite:////srv/okr.sqlite3", "DATABASE_URL must be of PostgreSQL"),
        ("DATABASE_URL", "postgresql://okr:Postgres@db/okr", "password in DATABASE_URL is a"),
        ("REDIS_URL", "filesystem://", "REDIS_URL must be of Redis"),
        ("REDIS_URL", "redis://redis:6379/0", "REDIS_URL has no password"),
        ("REDIS_URL", "redis://:changeme@redis:6379/0", "password in REDIS_URL is a sample"),
        ("PLUMBLINE_CACHE_URL", "redis://cache:6379", "PLUMBLINE_CACHE_URL has no password"),
    ],
)
def test_what_is_unsafe_is_one_sentence_without_the_secret(
    name: str, word: str, sentence: str, tmp_path: Path
) -> None:
    told = faults(good(tmp_path) | {"PLUMBLINE_FIELD_KEYS": FIELD_KEY, name: word})

    assert len(told) == 1
    assert sentence in told[0]
    assert word == f"{HOST},*" or word not in told[0]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("PLUMBLINE_SECRET_KEY", "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2),
        ("PLUMBLINE_HOSTS", f".larkspur.example,[::1],{HOST}"),
        ("PLUMBLINE_ADDRESS", f"https://{HOST}:8443/"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("REDIS_URL", "unix:///run/redis.sock?db=0"),
        ("REDIS_URL", "rediss://okr:a-long-one@redis:6379/0"),
        ("DATABASE_URL", "postgres:///okr?host=/run/postgresql"),
    ],
)
def test_what_is_safe_passes(name: str, word: str, tmp_path: Path) -> None:
    assert faults(good(tmp_path) | {name: word}) == []


def test_an_unguarded_redis_is_let_pass_by_who_knows_that_nobody_else_reaches_it(
    tmp_path: Path,
) -> None:
    alone = {"REDIS_URL": "redis://redis:6379/0", "PLUMBLINE_REDIS_UNGUARDED": "yes"}
    assert faults(good(tmp_path) | alone) == []


def test_a_secret_comes_from_a_file_that_only_its_reader_may_read(tmp_path: Path) -> None:
    environment = good(tmp_path)
    file = tmp_path / "secret.key"
    file.write_text(f"{environment.pop('PLUMBLINE_SECRET_KEY')}\n")
    environment["PLUMBLINE_SECRET_KEY_FILE"] = str(file)

    file.chmod(0o644)
    assert [told for told in faults(environment) if "open to everybody" in told]
    file.chmod(0o640)
    assert faults(environment) == []
    environment["PLUMBLINE_SECRET_KEY_FILE"] = str(tmp_path / "nowhere")
    assert faults(environment) == [
        f"PLUMBLINE_SECRET_KEY_FILE is {tmp_path}/nowhere; that cannot be read."
    ]


def test_the_real_programs_tell_all_faults_at_once_and_no_secret(tmp_path: Path) -> None:
    bad = {"PLUMBLINE_SECRET_KEY": "hunter2", "REDIS_URL": "redis://far/0", "DATABASE_URL": ""}
    refused = started(good(tmp_path) | bad, "-m", "config.serve", "worker")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 3
    assert "hunter2" not in refused.stderr


def test_django_has_no_warning_about_a_good_deployment(tmp_path: Path) -> None:
    checked = started(good(tmp_path), "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
    assert not (tmp_path / "var").exists()


def test_the_web_does_not_start_without_its_scripts_and_styles(tmp_path: Path) -> None:
    refused = started(good(tmp_path), "-m", "config.serve", "web")

    assert refused.returncode == 1
    assert refused.stderr.startswith("The scripts and styles are not collected: run ")


def test_what_is_not_production_is_not_served_as_if_it_were(tmp_path: Path) -> None:
    embedded = {"PLUMBLINE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    refused = started(embedded, "-m", "config.serve", "web")

    assert refused.returncode == 1
    assert refused.stderr.startswith("These programs are for production: ")
