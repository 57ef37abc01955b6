"""What a deployment is made of, as far as it can be proven where no engine runs containers."""

import re
import shutil
import stat
from pathlib import Path

import pytest

from config.environment import Environment
from config.keys import make_keys
from config.safety import refuse_unsafe
from tests.production import HOUSE, good, started

NOT_OURS = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The files that the Dockerfile copies, and nothing beside them."""
    for name in copied():
        source, place = HOUSE / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, place, ignore=NOT_OURS)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)
    return tmp_path


def copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", (HOUSE / "Dockerfile").read_text(), re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_what_the_image_copies_is_enough_to_build_and_to_start(image: Path) -> None:
    own = {"PLUMBLINE_VAR": str(image / "build"), "PLUMBLINE_STATIC": str(image / "static")}
    built = started(own, "manage.py", "collectstatic", "--no-input", folder=image)
    assert built.returncode == 0, built.stderr

    production = good(image) | {"PLUMBLINE_VAR": str(image / "nowhere")}
    seen = started(production, "manage.py", "check", "--deploy", folder=image)

    assert seen.returncode == 0, seen.stderr
    assert not (image / "nowhere").exists()
    assert not (image / "var").exists()


def test_what_the_image_copies_is_let_through_to_its_build() -> None:
    ignored = (HOUSE / ".dockerignore").read_text()
    assert set(re.findall(r"^!(\S+)$", ignored, re.MULTILINE)) == set(copied())


def test_keys_are_made_once_and_each_for_one_reader(tmp_path: Path) -> None:
    make_keys(tmp_path)
    first = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    make_keys(tmp_path)

    assert {path: path.read_text() for path in first} == first
    assert {stat.S_IMODE(path.stat().st_mode) for path in first} == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in tmp_path.iterdir()} == {0o700}


def test_the_keys_that_are_made_are_safe_to_start_with(tmp_path: Path) -> None:
    make_keys(tmp_path)
    compose = (HOUSE / "compose.yaml").read_text()
    named = re.findall(r"(\w+_FILE): /keys/(plumbline/\w+)$", compose, re.MULTILINE)
    assert len(named) == 5
    files = {name: str(tmp_path / path) for name, path in named}
    hosts = {"PLUMBLINE_HOSTS": "localhost", "PLUMBLINE_ADDRESS": "https://localhost"}

    refuse_unsafe(Environment(files | hosts))


def test_the_queue_forgets_nothing_and_the_cache_may(tmp_path: Path) -> None:
    make_keys(tmp_path)
    queue, cache = (
        (tmp_path / "redis" / f"{name}.conf").read_text() for name in ("queue", "cache")
    )

    assert "maxmemory-policy noeviction" in queue
    assert "appendonly yes" in queue
    assert "maxmemory-policy allkeys-lru" in cache


@pytest.mark.parametrize("program", ["web", "worker", "schedule"])
def test_every_program_is_in_both_deployments(program: str) -> None:
    manifest = (HOUSE / "deploy" / "kubernetes" / f"{program}.yaml").read_text()
    command = f"command: [python, -m, config.serve, {program}]"

    assert command in manifest
    assert command in (HOUSE / "compose.yaml").read_text()


def test_keys_need_a_folder() -> None:
    said = started({}, "-m", "config.keys")
    assert said.stderr.strip() == "Say where the keys are kept: python -m config.keys FOLDER"
