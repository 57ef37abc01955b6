"""Any connection can stand on the common health, lease and site, which have no table themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from atlassian.client import RateLimited, Unavailable, WrongCredentials
from atlassian.connection import SiteConnection
from atlassian.explain import Words
from atlassian.health import FIRST_WAIT, LONGEST_WAIT, ConnectionHealth
from atlassian.lease import Leased

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
HOST = "wiki.example"


class Wiki(SiteConnection):
    """One that is never saved: what it would save is left to the tests of the rooms."""

    words = Words("Confluence")
    saved: tuple[str, ...] = ()

    class Meta:
        app_label = "wiki_of_a_test"
        managed = False

    def save(self, *_: object, update_fields: object = (), **__: object) -> None:
        self.saved = tuple(map(str, update_fields)) if isinstance(update_fields, list) else ()


@pytest.fixture
def wiki() -> Wiki:
    return Wiki(server=f"https://{HOST}", api_base=f"https://{HOST}")


def test_what_is_shared_has_no_table_of_its_own() -> None:
    assert all(each._meta.abstract for each in (ConnectionHealth, Leased, SiteConnection))
    assert not [model for model in apps.get_models() if model.__module__.startswith("atlassian.")]


def test_bad_luck_is_tried_again_ever_later(wiki: Wiki) -> None:
    waits = []
    for _ in range(12):
        wiki.failed(Unavailable(host=HOST), NOW)
        assert wiki.next_read_at
        waits.append(wiki.next_read_at - NOW)
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == LONGEST_WAIT
    assert (wiki.failures, wiki.failing_since, wiki.suspended) == (12, NOW, False)
    assert wiki.refusal(NOW) is None
    assert "read_at" not in wiki.saved


def test_a_wait_that_was_asked_for_is_kept_and_told(wiki: Wiki) -> None:
    until = NOW + timedelta(minutes=3)
    wiki.failed(RateLimited(host=HOST, until=until, scope="connection"), NOW)
    assert wiki.next_read_at == until
    assert str(wiki.refusal(NOW)).startswith("Confluence asked us to slow down.")
    assert wiki.refusal(until) is None


def test_a_refusal_waits_for_a_person_until_a_reading_succeeds(wiki: Wiki) -> None:
    wiki.failed(WrongCredentials(host=HOST, email="bot@wiki.example"), NOW)
    wiki.failed(Unavailable(host=HOST), NOW)
    assert wiki.suspended
    wiki.succeeded(NOW, NOW + LONGEST_WAIT, complete=True)
    assert (wiki.suspended, wiki.failure, wiki.failing_since) == (False, None, None)
    assert (wiki.read_at, wiki.next_read_at) == (NOW, NOW + LONGEST_WAIT)
    assert "read_at" in wiki.saved
