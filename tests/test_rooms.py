"""The core runs with whichever rooms are chosen; of those that are not, nothing is loaded."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment
from config.rooms import ROOMS, chosen_rooms
from tests.product import HOUSE
from tests.production import started

SHARED = "atlassian"
"""What the rooms have in common, and the core has no use for."""
CODE = """
import sys
import config.wsgi
import config.celery
from django.urls import get_resolver
get_resolver().url_patterns
config.celery.app.loader.import_default_modules()
print(*sys.modules)
"""


def chosen(**variables: str) -> list[str]:
    return chosen_rooms(
        Environment({f"PLUMBLINE_{name}": each for name, each in variables.items()})
    )


def test_all_rooms_are_on_unless_some_are_chosen() -> None:
    assert chosen() == chosen(INTEGRATIONS=" ") == list(ROOMS)
    assert chosen(INTEGRATIONS="none") == []
    assert chosen(INTEGRATIONS=f"{ROOMS[0]}, {ROOMS[0]}") == [ROOMS[0]]
    assert chosen(INTEGRATIONS=",".join(reversed(ROOMS))) == list(ROOMS)


@pytest.mark.parametrize("words", ["jira", "okr", "os", f"none,{ROOMS[0]}", f"{ROOMS[0]}.models"])
def test_a_name_that_is_no_room_is_refused_at_the_start(words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"PLUMBLINE_INTEGRATIONS names .+ must be none"):
        chosen(INTEGRATIONS=words)


def test_a_refused_name_is_told_in_one_sentence_and_nothing_starts(tmp_path: Path) -> None:
    own = {"PLUMBLINE_VAR": str(tmp_path), "PLUMBLINE_INTEGRATIONS": "jira"}
    ended = started(own, "manage.py", "check")
    assert ended.returncode != 0
    assert "PLUMBLINE_INTEGRATIONS names jira; it must be none, or some of" in ended.stderr


@pytest.mark.parametrize(
    "on", [(), *[(room,) for room in ROOMS]], ids=lambda on: ",".join(on) or "none"
)
def test_of_a_room_that_is_off_nothing_is_loaded(on: tuple[str, ...], tmp_path: Path) -> None:
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PLUMBLINE_VAR": str(tmp_path),
        "PLUMBLINE_INTEGRATIONS": ",".join(on) or "none",
    }
    ended = started(own, "-c", CODE)
    assert ended.returncode == 0, ended.stderr
    loaded = {module.partition(".")[0] for module in ended.stdout.split()}
    assert "okr" in loaded
    assert loaded & {*ROOMS, SHARED} == {*on, *([SHARED] if on else [])}


def test_every_room_of_the_house_can_be_chosen() -> None:
    apps = {path.parent.name for path in HOUSE.glob("*/apps.py")}
    assert apps - {"config", "okr"} == set(ROOMS)


def test_the_manual_names_every_room() -> None:
    row = re.search(
        r"^\| `PLUMBLINE_INTEGRATIONS` .*$", (HOUSE / "docs/operators.md").read_text(), re.M
    )
    assert row
    assert all(f"`{room}`" in row[0] for room in ROOMS)
