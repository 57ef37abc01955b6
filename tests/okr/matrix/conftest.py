"""Thousands of refusals are asked for here; none of them is worth a line in the log."""

import logging
from collections.abc import Iterator

import pytest

from tests.cast import make_key_result, make_objective
from tests.okr.matrix.staging import Stage
from tests.okr.matrix.world import CANARY


@pytest.fixture(autouse=True)
def _silence() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    yield
    logger.disabled = before


@pytest.fixture
def stage(olga, ben, cycle) -> Stage:
    secret = {"title": f"{CANARY} of a rival", "visibility": "confidential"}
    objective = make_objective(ben, cycle, **secret)
    make_key_result(objective, at="40")
    return Stage(olga, ben, cycle, objective)
