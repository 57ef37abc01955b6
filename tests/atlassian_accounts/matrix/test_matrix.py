"""Each role at each address of the room by each method, while an organization is connected."""

import pytest

from tests.atlassian_accounts.matrix.routes import ROUTES
from tests.okr.matrix.routes import of_a_room
from tests.okr.matrix.walking import Walk

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each page

HOW = (
    "{} is an address without a word about who is let in. Add one line to"
    " tests/atlassian_accounts/matrix/routes.py; README.md in tests/okr/matrix tells how."
)


@pytest.mark.parametrize("name", of_a_room("accounts"))
def test_every_role_gets_what_is_declared(world, record_property, name):
    assert name in ROUTES, HOW.format(name)
    walk = Walk(name, ROUTES[name], world).take()
    record_property("cells", walk.cells)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_nothing_is_declared_that_is_not_there():
    assert sorted(set(ROUTES) - set(of_a_room("accounts"))) == []
