"""The core is tested alone: whatever integration is installed fills no socket here."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from okr import slots
from okr.demo.move_in import Counts, move_in
from tests.cast import standing

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_integration() -> Iterator[None]:
    with slots.emptied():
        yield


@pytest.fixture(scope="module")
def _moved_in(django_db_setup: None, django_db_blocker: Any) -> Iterator[Counts]:
    with standing(django_db_blocker), slots.emptied():
        yield move_in(FRIDAY)


@pytest.fixture
def larkspur(db: None, _moved_in: Counts) -> Counts:
    """The demo company, on a Friday; it moves in once for a file."""
    return _moved_in
