"""What a migration may not do to a version that still serves: each function tells what does.

BASELINE names the last migrations of the latest release. With a new release, move it to the newest
ones. What must go, goes in two releases: the first stops using it, the second removes it and says
so in its migration:

    completes = ("okr", "0017_tokens_end")  # the released migration after which nothing uses it
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.migrations import Migration
from django.db.migrations import operations as all_operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field, UniqueConstraint

from okr.models.online import AddIndexOnline

BASELINE = {
    "okr": "0017_tokens_end",
    "jira_integration": "0016_history",
    "atlassian_accounts": None,
    "watch": None,
}
HARMLESS = (
    all_operations.CreateModel,
    all_operations.AlterModelOptions,
    all_operations.AlterModelManagers,
    all_operations.RemoveIndex,
    all_operations.RenameIndex,
    all_operations.RemoveConstraint,
    all_operations.RunPython,
)
Models = set[tuple[str, str]]


def since_baseline(loader: MigrationLoader) -> Iterator[Migration]:
    """Every migration of ours that no release has, in the order in which they are carried out."""
    released = set(released_ones(loader))
    leaves = [node for node in loader.graph.leaf_nodes() if node[0] in BASELINE]
    for node in dict.fromkeys(node for leaf in leaves for node in loader.graph.forwards_plan(leaf)):
        if node[0] in BASELINE and node not in released:
            yield loader.graph.nodes[node]


def released_ones(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    for node in released_leaves():
        yield from loader.graph.forwards_plan(node)


def released_leaves() -> list[tuple[str, str]]:
    return [(label, name) for label, name in BASELINE.items() if name]


def complaints(
    migration: Migration, state: ProjectState, released: Models, created: Models
) -> Iterator[str]:
    """Carries the state on over the migration; `created` are tables that no release knows."""
    completes = getattr(migration, "completes", None)
    if completes and completes not in released:
        yield f"{migration} completes {completes}, which no release has."
    for operation in flat(migration.operations):
        label = migration.app_label
        fault = None if completes else fault_of(operation, migration, state, created)
        if fault:
            yield f"{migration}: {type(operation).__name__} {fault}"
        if isinstance(operation, all_operations.CreateModel):
            created.add((label, operation.name_lower))
        operation.state_forwards(label, state)


def flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, all_operations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def fault_of(
    operation: Any, migration: Migration, state: ProjectState, created: Models
) -> str | None:
    place = (migration.app_label, getattr(operation, "model_name_lower", ""))
    if isinstance(operation, HARMLESS) or place in created:
        return None
    if isinstance(operation, all_operations.AddField):
        return None if has_own_value(operation.field) else "gives old INSERTs no value."
    if isinstance(operation, all_operations.AlterField):
        before = state.models[place].fields[operation.name]
        return None if takes_all_of(operation.field, before) else "refuses what was written before."
    if isinstance(operation, all_operations.AddIndex):
        online = isinstance(operation, AddIndexOnline) and not migration.atomic
        return None if online else "holds writers up: AddIndexOnline and atomic = False do not."
    if isinstance(operation, all_operations.AddConstraint):
        return None if may_be_empty(operation, state.models[place]) else "refuses old rows."
    return "is nothing that the version before can live with."


def has_own_value(field: "Field[Any, Any]") -> bool:
    return field.many_to_many or field.null or field.db_default is not NOT_PROVIDED


def takes_all_of(field: "Field[Any, Any]", before: "Field[Any, Any]") -> bool:
    """Whether what the version before writes and reads goes on as it is."""
    return (
        type(field) is type(before)
        and (field.null or not before.null)
        and (before.unique or not field.unique)
        and field.db_column == before.db_column
        and (field.db_default is not NOT_PROVIDED or before.db_default is NOT_PROVIDED)
        and str(field.related_model).lower() == str(before.related_model).lower()
        and all(
            (getattr(field, bound, None) or 10**9) >= (getattr(before, bound, None) or 10**9)
            for bound in ("max_length", "max_digits", "decimal_places")
        )
    )


def may_be_empty(operation: Any, model: Any) -> bool:
    """A uniqueness over a column that old INSERTs leave empty binds none of their rows."""
    constraint = operation.constraint
    named = constraint.fields if isinstance(constraint, UniqueConstraint) else ()
    return any(model.fields[name].null for name in named)
