"""Makes the keys and passwords of an installation at its first start, each for one reader alone.

    python -m config.keys FOLDER

What is there already stays: the keys of an installation are made once and then kept, and backed up.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from config.environment import kept_secret, new_field_key, new_secret_key

PLUMBLINE, SERVERS = 10001, 999  # the accounts in our image, and in those of PostgreSQL and Redis
QUEUE_KEEPS = "appendonly yes\nappendfsync everysec\nmaxmemory 256mb\nmaxmemory-policy noeviction\n"
CACHE_FORGETS = 'appendonly no\nsave ""\nmaxmemory 128mb\nmaxmemory-policy allkeys-lru\n'


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("Say where the keys are kept: python -m config.keys FOLDER")
    make_keys(Path(sys.argv[1]))


def make_keys(folder: Path) -> None:
    database = kept_secret(folder / "postgres" / "password", secrets.token_hex(24))
    redis = kept_secret(folder / "redis" / "password", secrets.token_hex(24))
    keep(folder / "redis", redis_files(redis))
    own = {
        "secret": new_secret_key(),
        "field": new_field_key(),
        "database": f"postgresql://plumbline:{database}@database:5432/plumbline",
        "queue": f"redis://:{redis}@queue:6379/0",
        "cache": f"redis://:{redis}@cache:6379/0",
    }
    keep(folder / "plumbline", own)
    readers = {"postgres": SERVERS, "redis": SERVERS, "plumbline": PLUMBLINE}
    for name, reader in readers.items():
        give(folder / name, reader)


def redis_files(password: str) -> dict[str, str]:
    shared = f"bind * -::*\nprotected-mode yes\ndir /data\nrequirepass {password}\n"
    return {"queue.conf": shared + QUEUE_KEEPS, "cache.conf": shared + CACHE_FORGETS}


def keep(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        kept_secret(folder / name, text)


def give(folder: Path, reader: int) -> None:
    """Nobody else may look into it."""
    folder.chmod(0o700)
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, reader, reader)


if __name__ == "__main__":
    main()
