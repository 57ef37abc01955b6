"""The product's settings over a folder of their own, whatever the developer's environment."""

import os
import tempfile
from pathlib import Path

KEPT = {
    "PLUMBLINE_INTEGRATIONS",
    "PLUMBLINE_JIRA_SPEC",
    "PLUMBLINE_NOTHING_LEFT_OUT",
    "PLUMBLINE_PROPERTY_CASES",
}

for name in [name for name in os.environ if name.startswith("PLUMBLINE_") and name not in KEPT]:
    del os.environ[name]
os.environ["PLUMBLINE_VAR"] = tempfile.mkdtemp(prefix="plumbline-tests-")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL", "")
if os.environ["REDIS_URL"]:
    # Each worker of a parallel run its own; Django sees to that for the database.
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{int(number) + 1}"
# Playwright's synchronous interface runs an event loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR_DIR  # noqa: E402

# Every new client of a test would look through all static files once more.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not os.environ["DATABASE_URL"]:
    # In a file, as in use: an SQLite in memory has one connection and hides every lock.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}
