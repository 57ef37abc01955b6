"""The version before goes on serving while the database is already that of the next one."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from okr.models.online import AddIndexOnline
from tests import releases

JANUARY, MARCH, NOON = date(2026, 1, 1), date(2026, 3, 31), datetime(2026, 2, 2, 12, tzinfo=UTC)
LOADER = MigrationLoader(None)
RELEASED = set(releases.released_ones(LOADER))


def released_state() -> ProjectState:
    return LOADER.project_state(releases.released_leaves())


def test_every_migration_since_the_release_leaves_the_version_before_alone() -> None:
    state, created = released_state(), set[tuple[str, str]]()
    found = [
        complaint
        for migration in releases.since_baseline(LOADER)
        for complaint in releases.complaints(migration, state, RELEASED, created)
    ]

    assert not found, "\n".join(found)


PAPER = ModelState(
    "okr",
    "Paper",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=20)),
        ("note", models.TextField(null=True)),
        ("rank", models.IntegerField(db_default=0)),
    ],
)
SHORT, LONG = models.CharField(max_length=10), models.CharField(max_length=30)
INDEX = models.Index(fields=["title"], name="paper_title")
UNIQUE = {
    name: models.UniqueConstraint(fields=[name], name=f"one_{name}") for name in ("title", "note")
}


def told(*operations: Any, **attributes: Any) -> list[str]:
    """What is said of a migration with these operations."""
    kind = type("Migration", (migrations.Migration,), {"operations": operations, **attributes})
    state = ProjectState()
    state.add_model(PAPER.clone())
    return list(releases.complaints(kind("0099_test", "okr"), state, RELEASED, set()))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.DeleteModel("Paper"),
        migrations.RenameModel("Paper", "Leaf"),
        migrations.RemoveField("Paper", "title"),
        migrations.RenameField("Paper", "title", "name"),
        migrations.AlterModelTable("Paper", "leaves"),
        migrations.AddField("Paper", "colour", models.CharField(default="red", max_length=9)),
        migrations.AlterField("Paper", "note", models.TextField()),
        migrations.AlterField("Paper", "title", SHORT),
        migrations.AlterField("Paper", "title", models.IntegerField()),
        migrations.AlterField("Paper", "title", models.CharField(max_length=20, unique=True)),
        migrations.AlterField("Paper", "rank", models.IntegerField()),
        migrations.AddIndex("Paper", INDEX),
        AddIndexOnline("Paper", INDEX),
        migrations.AddConstraint("Paper", UNIQUE["title"]),
        migrations.RunSQL("DROP TABLE okr_paper"),
        migrations.SeparateDatabaseAndState([migrations.RemoveField("Paper", "title")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_the_version_before_cannot_live_with_is_seen(operation: Any) -> None:
    assert len(told(operation)) == 1


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("Paper", "colour", models.CharField(null=True, max_length=9)),
        migrations.AddField("Paper", "colour", models.CharField(db_default="", max_length=9)),
        migrations.AlterField("Paper", "title", LONG),
        migrations.AddConstraint("Paper", UNIQUE["note"]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_only_adds_passes(operation: Any) -> None:
    assert told(operation) == []


def test_a_table_that_no_release_knows_may_be_anything() -> None:
    leaf = migrations.CreateModel("Leaf", [("id", models.BigAutoField(primary_key=True))])
    number = migrations.AddField("Leaf", "number", models.IntegerField(default=0))

    assert told(leaf, number) == []


def test_an_index_beside_writers_passes() -> None:
    assert told(AddIndexOnline("Paper", INDEX), atomic=False) == []


def test_the_second_half_names_a_release() -> None:
    removal = migrations.RemoveField("Paper", "title")

    assert told(removal, completes=("okr", "0017_tokens_end")) == []
    assert len(told(removal, completes=("okr", "0098_not_released"))) == 1


@pytest.mark.django_db
def test_old_statements_find_their_columns_and_need_no_new_ones() -> None:
    apps = released_state().apps
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label not in releases.BASELINE:
                continue
            table = connection.introspection.get_table_description(cursor, model._meta.db_table)
            known = {field.column for field in model._meta.local_concrete_fields}
            needed = {row.name for row in table if not row.null_ok and row.default is None}
            assert known <= {row.name for row in table}, model
            assert needed <= known, model


@pytest.mark.django_db
def test_the_version_before_still_writes_and_reads() -> None:
    apps = released_state().apps

    def add(noun: str, **values: Any) -> Any:
        return apps.get_model("okr", noun).objects.create(**values)

    ada = add("Person", email="ada@larkspur.example", name="Ada", password="!")
    cycle = add("Cycle", name="Q1", starts_on=JANUARY, ends_on=MARCH)
    objective = add("Objective", title="Fewer faults", owner=ada, cycle=cycle)
    key_result = add(
        "KeyResult", title="None on Fridays", objective=objective, owner=ada, current=0
    )
    add("Measurement", key_result=key_result, value=Decimal(7), progress=1, at=NOON)

    assert apps.get_model("okr", "Measurement").objects.get().value == 7
