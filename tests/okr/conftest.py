"""The core is tested alone: whatever integration is installed fills no socket here."""

from collections.abc import Iterator

import pytest

from okr import slots


@pytest.fixture(autouse=True)
def no_integration() -> Iterator[None]:
    with slots.emptied():
        yield
