"""manage.py prepare: readies the database for config.up, and says who can sign in to the demo.

One start of Django for what would be four: migrating, collecting scripts and styles, looking for
people, moving the demo in.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from config.statics import collect_changed
from okr.management.commands.demo import has_moved_in, sign_ins
from okr.models import Person


class Command(BaseCommand):
    help = "Migrates, moves the demo company into an empty database, and prints its sign-ins."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.require_database()
        if self.has_migrations_to_run():
            self.say("Migrating the database …")
            call_command("migrate", interactive=False, verbosity=0)
        collect_changed(Path(settings.STATIC_ROOT))
        if not Person.objects.exists():
            self.say("Moving the demo company in …")
            call_command("demo", quiet=True)
        if has_moved_in():
            self.stdout.write(sign_ins())

    def require_database(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {error}") from error

    def say(self, line: str) -> None:
        """Progress goes beside the answer, which config.up prints when everything runs."""
        self.stderr.write(line, self.style.SUCCESS)

    def has_migrations_to_run(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
