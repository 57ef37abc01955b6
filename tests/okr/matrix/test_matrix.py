"""Each role at each address by each method: what is not declared is refused by these tests."""

import pytest

from tests.okr.matrix import areas
from tests.okr.matrix.routes import of_nobody, of_the_core
from tests.okr.matrix.walking import Walk

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each page

DECLARED = areas.declared()
HOW = (
    "{} is an address without a word about who is let in. Add one line to the file of its area in"
    " tests/okr/matrix/areas/; README.md beside that folder tells how."
)


@pytest.mark.parametrize("name", of_the_core())
def test_every_role_gets_what_is_declared(world, record_property, name):
    assert name in DECLARED, HOW.format(name)
    walk = Walk(name, DECLARED[name], world).take()
    record_property("cells", walk.cells)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_nothing_is_declared_that_is_not_there():
    assert sorted(set(DECLARED) - set(of_the_core())) == []


def test_every_address_is_in_some_matrix():
    assert of_nobody() == []
