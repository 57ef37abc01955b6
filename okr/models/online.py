"""An index on a table that is in use: built beside its writers, where the database can do that."""

from typing import Any

from django.db.migrations import AddIndex
from django.db.migrations.operations.base import OperationCategory


class AddIndexOnline(AddIndex):
    """Needs a migration with `atomic = False`; one that was cut short is built anew.

    Within the one transaction of a restore nobody writes, and it is built as any index.
    """

    category = OperationCategory.ADDITION
    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        database = schema_editor.connection
        if database.vendor != "postgresql" or database.in_atomic_block:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        half_built = schema_editor.quote_name(self.index.name)
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {half_built}")
        schema_editor.add_index(model, self.index, concurrently=True)
