"""As quiet as the matrix of the core; and a company that is connected, once for a file."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import override_settings

from jira_integration.models import IntegrationSettings
from tests.cast import standing
from tests.editions import running_edition
from tests.jira_integration.matrix.routes import NOUNS
from tests.jira_integration.stage import connect, host_of
from tests.okr.matrix import areas
from tests.okr.matrix.conftest import _silence  # noqa: F401  a fixture
from tests.okr.matrix.world import World


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Stands while the tests of a file run, before one small Jira."""
    with (
        running_edition("cloud", "small") as jira,
        override_settings(JIRA_ALLOWED_HOSTS=[host_of(jira)], JIRA_ANSWER_SECONDS=2),
        standing(django_db_blocker),
    ):
        connect(jira)
        IntegrationSettings.load().turn_on()
        yield World(areas.nouns() | NOUNS).build()


@pytest.fixture
def world(db: None, built: World) -> World:
    """A copy for each test; what it changes in the database is taken back after it."""
    return deepcopy(built)
