"""Both editions tell the same of the same pages."""

import pytest

from atlassian.client import AnonymousAnswer, NotFound
from confluence.models import ConfluenceConnection
from jira_sandbox.confluence.testing import SandboxConfluence
from tests.confluence.stage import BOTH, HOURS, ROOMS, RULES, SALARIES, TRASHED

pytestmark = BOTH


def test_a_page_is_told_with_its_space_and_version(connection: ConfluenceConnection) -> None:
    with connection.client() as client:
        page = client.page(HOURS)
    assert (page.title, page.space_key, page.space_name) == ("Opening hours", "DEMO", "Demo notes")
    assert page.version == 2
    assert page.edited_at
    assert not page.in_trash


def test_many_are_read_and_what_is_hidden_is_left_out(connection: ConfluenceConnection) -> None:
    with connection.client() as client:
        found = client.pages([HOURS, SALARIES, RULES, TRASHED, 99])
    assert {page.title for page in found} == {"Opening hours", "House rules"}


@pytest.mark.parametrize("number", [SALARIES, 99])
def test_a_page_out_of_sight_is_not_there(number: int, connection: ConfluenceConnection) -> None:
    with connection.client() as client, pytest.raises(NotFound):
        client.page(number)


def test_words_find_titles_by_their_beginnings(connection: ConfluenceConnection) -> None:
    with connection.client() as client:
        found = client.search("hours open", 5)
        assert [(page.id, page.space_name) for page in found] == [(HOURS, "Demo notes")]
        assert len(client.search("", 2)) == 2
        assert [page.id for page in client.search("rooms & pract", 5)] == [ROOMS]


@pytest.mark.parametrize("words", ['"', "a AND b", "\\", "title ~ x)", "*", "ORDER BY", "\n", "é"])
def test_whatever_is_typed_is_searched_for_and_breaks_nothing(
    words: str, connection: ConfluenceConnection
) -> None:
    with connection.client() as client:
        client.search(words, 5)


def test_a_page_is_found_by_space_and_title(connection: ConfluenceConnection) -> None:
    with connection.client() as client:
        found = client.page_titled("DEMO", "Rooms & practitioners")
        assert found
        assert found.id == ROOMS
        assert client.page_titled("DEMO", 'No "such" page') is None


def test_a_token_that_has_ended_is_noticed(
    wiki: SandboxConfluence, connection: ConfluenceConnection
) -> None:
    wiki.fault("anonymous")
    with connection.client() as client, pytest.raises(AnonymousAnswer):
        client.myself()


def test_where_it_is_leads_to_the_site(
    wiki: SandboxConfluence, connection: ConfluenceConnection
) -> None:
    with connection.client() as client:
        page = client.page(HOURS)
    assert connection.page_url(page.id, page.path).startswith(f"{wiki.url}/")
