"""The environment of a good production installation, made up anew for each run."""

import os
import subprocess
import sys
from pathlib import Path

from config.environment import new_field_key, new_secret_key

HOUSE = Path(__file__).resolve().parent.parent
HOST = "okr.larkspur.example"


def good(folder: Path) -> dict[str, str]:
    """Everything that production demands; `folder` stands for the read-only home of the code."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_PRODUCTION": "yes",
        "PLUMBLINE_VAR": str(folder / "var"),
        "PLUMBLINE_STATIC": str(folder / "static"),
        "PLUMBLINE_SECRET_KEY": new_secret_key(),
        "PLUMBLINE_FIELD_KEYS": f"{new_field_key()},{new_field_key()}",
        "PLUMBLINE_HOSTS": HOST,
        "PLUMBLINE_ADDRESS": f"https://{HOST}",
        "DATABASE_URL": "postgresql://plumbline:a-long-one@db.internal:5432/plumbline",
        "REDIS_URL": "redis://:a-long-one@redis.internal:6379/0",
    }


def started(
    environment: dict[str, str], *command: str, folder: Path = HOUSE
) -> "subprocess.CompletedProcess[str]":
    """A program of ours, run to its end."""
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=own | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
