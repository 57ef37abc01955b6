"""Where rows are kept: PostgreSQL with limits on every wait, or SQLite fit for many writers."""

from pathlib import Path
from typing import Any

import dj_database_url

from config.environment import Environment

PATIENCE = "-c lock_timeout=5s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
WRITERS_WAIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"  # in ms
)


def database_settings(env: Environment, folder: Path) -> dict[str, Any]:
    url = env.text("DATABASE_URL")
    most = env.number("PLUMBLINE_DB_POOL", 8, 1, 100)
    return postgresql(url, most) if url else sqlite(folder)


def postgresql(url: str, most: int) -> dict[str, Any]:
    settings: dict[str, Any] = {**dj_database_url.parse(url)}
    settings["CONN_HEALTH_CHECKS"] = True
    settings["OPTIONS"] = {
        "options": PATIENCE,
        **settings.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": most, "timeout": 5},
    }
    return settings


def sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "plumbline.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": WRITERS_WAIT,
        },
    }
