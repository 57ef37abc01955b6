"""A token with scopes writes through the gateway, and only where its scopes go so far."""

import pytest

from confluence.writing import spaces_of, what_is_missing
from tests.confluence.publishing.stage import connect

pytestmark = pytest.mark.django_db


def test_a_token_that_may_write_lacks_nothing(wiki):
    connection = connect(wiki, token=wiki.publish_token, api_base=wiki.gateway)
    before = len(wiki.pages())

    assert what_is_missing(connection) is None
    assert len(wiki.pages()) == before


def test_a_token_that_only_reads_is_told_its_scope(wiki):
    connection = connect(wiki, token=wiki.page_token, api_base=wiki.gateway)

    assert "write:page:confluence" in str(what_is_missing(connection))


def test_a_token_without_scopes_is_not_asked(wiki):
    connection = connect(wiki)
    wiki.forget_calls()

    assert what_is_missing(connection) is None
    assert not wiki.calls


def test_spaces_of_people_are_not_offered(wiki):
    assert all(not space.key.startswith("~") for space in spaces_of(connect(wiki)))
