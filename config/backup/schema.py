"""The tables at a state of the migrations: that of the code, or that of an older file."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.management.commands.migrate import Command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from config.migrating import OURS

State = list[tuple[str, str]]
"""Applied migrations as (app, name), sorted."""
LEFT_OUT = (
    "auth.group_permissions",
    "auth.permission",
    "contenttypes.contenttype",
    "okr.signin",
    "okr.upload",
    "sessions.session",
    "watch.heartbeat",
)
"""Made anew by the migrations, or of no use to anybody a while later."""
OF_DJANGO = ("django_content_type", "django_migrations", "django_session")


def applied() -> State:
    """What this database has, as far as the installed apps know it."""
    return sorted(set(MigrationRecorder(connection).applied_migrations()) & set(_known()))


def unknown(state: State) -> State:
    """Migrations that this version of the product does not have, or whose app is off."""
    known = _known()
    return [each for each in state if each not in known]


def models_at(state: State) -> list[type[Model]]:
    """The models whose rows are kept, as they were at that state."""
    found = MigrationLoader(connection).project_state(state).apps
    models = found.get_models(include_auto_created=True)
    kept = (each for each in models if each._meta.label_lower not in LEFT_OUT)
    return sorted(kept, key=lambda each: each._meta.label_lower)


def keep_migrations_out() -> None:
    """Until the end of this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OURS])


def is_in_use() -> bool:
    """Whether anybody is in this database."""
    person = apps.get_model("okr", "Person")
    return person._meta.db_table in _tables() and person._base_manager.exists()


def empty_at(state: State) -> None:
    """No row is left, and the tables are those of the state."""
    if state != applied():
        _drop_all()
        MigrationExecutor(connection).migrate(_last_of_each_app(state))
    tables = [name for name in _ours() if name != "django_migrations"]
    cascade = connection.vendor == "postgresql"  # SQLite's remembers tables that are gone
    flush = connection.ops.sql_flush(
        no_style(), tables, reset_sequences=True, allow_cascade=cascade
    )
    connection.ops.execute_sql_flush(flush)
    ContentType.objects.clear_cache()


def bring_forward() -> None:
    """To what the installed code needs; by Django's own command, as ours has its own session."""
    call_command(Command(), interactive=False, verbosity=0)


def reset_sequences(models: Iterable[type[Model]]) -> None:
    """So that the next row gets a number of its own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _last_of_each_app(state: State) -> State:
    known = _known()
    followed = {
        needed for each in state for needed in known[each].dependencies if needed[0] == each[0]
    }
    return [each for each in state if each not in followed]


def _drop_all() -> None:
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in _ours():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")


def _known() -> dict[tuple[str, str], Any]:
    return MigrationLoader(connection).disk_migrations


def _ours() -> list[str]:
    prefixes = tuple(f"{each.label}_" for each in apps.get_app_configs())
    return [name for name in _tables() if name.startswith(prefixes) or name in OF_DJANGO]


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)
