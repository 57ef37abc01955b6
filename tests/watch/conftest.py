"""Fixtures of the watch."""

from collections.abc import Iterator

import pytest

from tests.watch.lines import Lines, listening


@pytest.fixture
def lines() -> Iterator[Lines]:
    with listening() as heard:
        yield heard
