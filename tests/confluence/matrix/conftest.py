"""As quiet as the matrix of the core; and a company with Confluence, built once for a file."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from confluence.models import ConfluenceSettings
from tests.cast import standing
from tests.confluence.matrix.routes import NOUNS
from tests.confluence.stage import connected
from tests.okr.matrix import areas
from tests.okr.matrix.conftest import _silence  # noqa: F401  a fixture
from tests.okr.matrix.world import World


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Stands while the tests of a file run; nobody answers behind the connection."""
    with standing(django_db_blocker):
        connected()
        ConfluenceSettings.load().switch("enabled", on=True)
        yield World(areas.nouns() | NOUNS).build()


@pytest.fixture
def world(db: None, built: World) -> World:
    """A copy for each test; what it changes in the database is taken back after it."""
    return deepcopy(built)
