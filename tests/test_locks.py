"""The locks serve what is asked for, with hashes and without a server's address."""

from pathlib import Path

import pytest

from config import locks

HASH = " \\\n    --hash=sha256:" + "0" * 64 + "\n"


@pytest.mark.parametrize("name", locks.NAMES)
def test_the_locks_of_the_house_are_sound(name: str) -> None:
    assert locks.faults_of(locks.FOLDER / name) == []


@pytest.mark.parametrize(
    ("lock", "fault"),
    [
        ("brick==2.1" + HASH, ""),
        ("Brick==2.1 ; python_version < '4'" + HASH, ""),
        ("brick==2.1\n", "has no hashes"),
        ("brick==1.9" + HASH, "has 1.9 where brick>=2 is asked for"),
        ("mortar==2.1" + HASH, "has nothing where brick>=2 is asked for"),
        ("--index-url https://index.example\nbrick==2.1" + HASH, "names a server"),
    ],
)
def test_an_unsound_lock_is_told(lock: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "wall.in").write_text("brick>=2  # a comment\n")
    (tmp_path / "house.in").write_text("# comment\n-r wall.in\n")
    (tmp_path / "house.lock").write_text(lock)

    faults = locks.faults_of(tmp_path / "house")

    assert len(faults) == bool(fault)
    assert fault in "".join(faults)
