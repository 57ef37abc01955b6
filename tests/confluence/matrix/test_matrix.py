"""Each role at each address of the room by each method, while Confluence is connected and on."""

import pytest

from confluence.models import ConfluenceSettings
from tests.confluence.matrix.routes import NOUNS, ROUTES
from tests.confluence.stage import connected
from tests.okr.matrix import areas
from tests.okr.matrix.routes import of_a_room
from tests.okr.matrix.walking import Walk
from tests.okr.matrix.world import World

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each page

HOW = (
    "{} is an address without a word about who is let in. Add one line to"
    " tests/confluence/matrix/routes.py; README.md in tests/okr/matrix tells how."
)


@pytest.mark.parametrize("name", of_a_room("confluence"))
def test_every_role_gets_what_is_declared(db, record_property, name):
    assert name in ROUTES, HOW.format(name)
    connected()
    ConfluenceSettings.load().switch("enabled", on=True)
    walk = Walk(name, ROUTES[name], World(areas.nouns() | NOUNS).build()).take()
    record_property("cells", walk.cells)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_nothing_is_declared_that_is_not_there():
    assert sorted(set(ROUTES) - set(of_a_room("confluence"))) == []
