"""The admin's list of integrations."""

import pytest

from okr.slots import Entry, filled
from tests.cast import signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def test_each_integration_stands_in_the_list(olga):
    entry = Entry("Tracker", "/tracker/", "Progress from a tracker.", "Off")
    with filled("integrations.list", lambda _: entry):
        response = signed_in(olga).get("/okr-admin/integration/")
    assert "Tracker Progress from a tracker. Off" in text_of(response)
    assert b'href="/tracker/"' in response.content
    assert "No integrations are installed" not in text_of(response)


def test_an_integration_that_has_nothing_to_say_is_left_out(olga):
    with filled("integrations.list", lambda _: None):
        assert "No integrations" in text_of(signed_in(olga).get("/okr-admin/integration/"))
