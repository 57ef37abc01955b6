"""As quiet as the matrix of the core; and a company with an organization, built once for a file."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import override_settings

from jira_sandbox.admin.testing import above
from jira_sandbox.testing import running_sandbox
from tests.atlassian_accounts.matrix.routes import NOUNS
from tests.atlassian_accounts.stage import connect, host_of
from tests.cast import standing
from tests.okr.matrix import areas
from tests.okr.matrix.conftest import _silence  # noqa: F401  a fixture
from tests.okr.matrix.world import World


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Stands while the tests of a file run, before one small site."""
    with (
        running_sandbox("small") as jira,
        override_settings(JIRA_ALLOWED_HOSTS=[host_of(jira)], JIRA_GATEWAY=jira.url),
        standing(django_db_blocker),
    ):
        connect(above(jira))
        yield World(areas.nouns() | NOUNS).build()


@pytest.fixture
def world(db: None, built: World) -> World:
    """A copy for each test; what it changes in the database is taken back after it."""
    return deepcopy(built)
