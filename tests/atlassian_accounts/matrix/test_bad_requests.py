"""The room's operations of the API are sent what their description rules out."""

import pytest

from tests.atlassian_accounts.matrix.routes import ROUTES
from tests.okr.matrix.refusing import Refusals
from tests.okr.matrix.test_bad_input import snapshot

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each address

SPOKEN = sorted(name for name in ROUTES if name.startswith("accounts_api:"))


@pytest.mark.parametrize("name", SPOKEN)
def test_what_does_not_fit_is_refused_by_name_and_changes_nothing(world, record_property, name):
    refusals = Refusals(name, ROUTES[name], world)
    before = snapshot("okr", "atlassian_accounts")

    refusals.all()

    record_property("cells", refusals.cells)
    assert not refusals.wrong, "\n".join(refusals.wrong)
    assert snapshot("okr", "atlassian_accounts") == before
