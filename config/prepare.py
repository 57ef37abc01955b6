"""Before config.up serves: migrates the database and, into an empty one, moves the demo company."""

import os

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if has_migrations_to_run():
        call_command("migrate", interactive=False, verbosity=0)
    if not get_user_model().objects.exists():
        call_command("demo")


def has_migrations_to_run() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    main()
