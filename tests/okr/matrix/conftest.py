"""Thousands of refusals are asked for here; none of them is worth a line in the log."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.cast import make_key_result, make_objective, standing
from tests.okr.matrix import areas
from tests.okr.matrix.staging import Stage
from tests.okr.matrix.world import CANARY, World


@pytest.fixture(autouse=True)
def _silence() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    yield
    logger.disabled = before


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Stands while the tests of a file run."""
    with standing(django_db_blocker):
        yield World(areas.nouns()).build()


@pytest.fixture
def world(db: None, built: World) -> World:
    """A copy for each test; what it changes in the database is taken back after it."""
    return deepcopy(built)


@pytest.fixture
def stage(olga, ben, cycle) -> Stage:
    secret = {"title": f"{CANARY} of a rival", "visibility": "confidential"}
    objective = make_objective(ben, cycle, **secret)
    make_key_result(objective, at="40")
    return Stage(olga, ben, cycle, objective)
