"""Each operation of the API is sent what its description rules out: named, and nothing changes."""

from collections.abc import Iterator

import pytest
from django.db import connection

from okr.api.description import description
from tests.okr.matrix import areas
from tests.okr.matrix.refusing import Refusals
from tests.okr.matrix.test_bad_input import only_what_every_database_takes, snapshot

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each address

DECLARED = areas.declared()
SPOKEN = sorted(name for name in DECLARED if name.startswith("api:"))
UNASKED = ("api:description",)
"""Told to everybody, with nothing to ask or to send."""


@pytest.fixture(autouse=True)
def _strict(world) -> Iterator[None]:
    with connection.execute_wrapper(only_what_every_database_takes):
        yield


@pytest.mark.parametrize("name", [each for each in SPOKEN if each not in UNASKED])
def test_what_does_not_fit_is_refused_by_name_and_changes_nothing(world, record_property, name):
    refusals = Refusals(name, DECLARED[name], world)
    before = snapshot()

    refusals.all()

    record_property("cells", refusals.cells)
    assert not refusals.wrong, "\n".join(refusals.wrong)
    assert snapshot() == before


def test_every_operation_of_the_description_is_declared():
    assert len(description()["paths"]) >= len(SPOKEN) - len(UNASKED)
