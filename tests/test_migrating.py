"""Migrating beside a busy product: nothing waits long, and what had to wait is done again."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, models, transaction
from django.db import connection as default
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import ModelState, ProjectState
from django.db.utils import ConnectionHandler
from psycopg.errors import LockNotAvailable

from config.backup.moment import unchecked
from config.database import postgresql
from config.migrating import OURS, TRIES, one_at_a_time, patiently
from okr.models.online import AddIndexOnline
from tests.servers import Servers


def locked() -> OperationalError:
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = LockNotAvailable()
    return error


def test_it_goes_on_trying_for_some_minutes() -> None:
    pauses: list[float] = []

    def never() -> None:
        raise locked()

    with pytest.raises(OperationalError):
        patiently(never, pauses.append)

    assert len(pauses) == TRIES - 1
    assert 240 <= sum(pauses) <= 600


def test_what_fails_for_another_reason_fails_at_once() -> None:
    def broken() -> None:
        raise OperationalError("no such column")

    with pytest.raises(OperationalError, match="no such column"):
        patiently(broken, lambda pause: pytest.fail(f"waited {pause} s"))


@pytest.fixture
def reader(servers: Servers) -> Iterator["psycopg.Connection[Any]"]:
    """Somebody else at work in the same database, with a table of their own."""
    with psycopg.connect(servers.database_url, autocommit=True) as other:
        other.execute("CREATE TABLE okr_paper (id bigint PRIMARY KEY, title text)")
        yield other
        other.execute("DROP TABLE okr_paper")


@pytest.fixture
def ours(servers: Servers, db: None) -> Iterator[BaseDatabaseWrapper]:
    """A connection as `manage.py migrate` has it in production."""
    handler = ConnectionHandler({"default": {}, "trial": postgresql(servers.database_url, 2)})
    connection: Any = handler["trial"]
    yield connection
    connection.close()
    connection.close_pool()


@pytest.mark.servers
def test_a_lock_is_given_up_and_asked_for_again(
    ours: BaseDatabaseWrapper, reader: "psycopg.Connection[Any]"
) -> None:
    pauses: list[float] = []
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM okr_paper")

    def finish_reading(pause: float) -> None:
        pauses.append(pause)
        reader.execute("COMMIT")

    with one_at_a_time(ours), ours.cursor() as cursor:
        patiently(lambda: cursor.execute("ALTER TABLE okr_paper ADD note text"), finish_reading)

    assert pauses == [1.0]
    assert reader.execute("SELECT note FROM okr_paper").fetchall() == []


@pytest.mark.servers
def test_two_do_not_migrate_at_once(
    ours: BaseDatabaseWrapper, reader: "psycopg.Connection[Any]"
) -> None:
    ask = f"SELECT pg_try_advisory_lock({OURS})".encode()
    with one_at_a_time(ours):
        assert reader.execute(ask).fetchone() == (False,)
    assert reader.execute(ask).fetchone() == (True,)
    with ours.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)


@pytest.mark.servers
def test_an_index_is_built_online_and_anew_where_a_half_one_was_left(
    ours: BaseDatabaseWrapper, reader: "psycopg.Connection[Any]"
) -> None:
    index = models.Index(fields=["title"], name="paper_title")
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.TextField()),
    ]
    state = ProjectState()
    state.add_model(ModelState("okr", "Paper", fields))
    reader.execute("CREATE INDEX paper_title ON okr_paper (id)")

    with one_at_a_time(ours), ours.schema_editor(atomic=False) as editor:
        AddIndexOnline("Paper", index).database_forwards("okr", editor, state, state)

    told = reader.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'paper_title'")
    assert "(title)" in str(told.fetchone())


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_an_index_is_built_as_any_other() -> None:
    index = models.Index(fields=["title"], name="paper_title")
    state = ProjectState()
    number, title = models.BigAutoField(primary_key=True), models.TextField()
    state.add_model(ModelState("okr", "Paper", [("id", number), ("title", title)]))
    with unchecked(), transaction.atomic():
        with default.schema_editor(atomic=False) as editor:
            editor.create_model(state.apps.get_model("okr", "Paper"))
            AddIndexOnline("Paper", index).database_forwards("okr", editor, state, state)
        with default.cursor() as cursor:
            found = default.introspection.get_constraints(cursor, "okr_paper")
        transaction.set_rollback(True)

    assert "paper_title" in found
