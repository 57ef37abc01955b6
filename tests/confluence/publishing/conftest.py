"""A wiki in which people publish, and a unit that has something to tell."""

import pytest

from confluence.models import ConfluenceConnection, PublishedPage, PublishingSpace, Subject
from confluence.publishing import Wish, publish
from jira_sandbox.confluence.testing import SandboxConfluence
from okr.models import Cycle, Level, Objective, Person
from tests.cast import make_key_result, make_objective
from tests.confluence.publishing.stage import TITLE, connect, open_spaces


@pytest.fixture
def connection(wiki: SandboxConfluence, db: None) -> ConfluenceConnection:
    return connect(wiki)


@pytest.fixture
def space(connection: ConfluenceConnection) -> PublishingSpace:
    return open_spaces(connection)[0]


@pytest.fixture
def objective(ada: Person, cycle: Cycle) -> Objective:
    own = make_objective(ada, cycle, title="Clinics stay online", level=Level.UNIT, unit=ada.unit)
    make_key_result(own, title="Minutes offline", at="60")
    return own


@pytest.fixture
def row(
    ada: Person, cycle: Cycle, connection: ConfluenceConnection, objective: Objective
) -> PublishedPage:
    return PublishedPage.objects.begin(Subject.OKRS, ada.unit, cycle, connection)


@pytest.fixture
def published(
    row: PublishedPage, connection: ConfluenceConnection, space: PublishingSpace, ada: Person
) -> PublishedPage:
    publish(row, connection, Wish(space.space, TITLE), ada)
    return row
