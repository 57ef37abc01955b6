"""manage.py migrate, as Django has it, but fit to run while the version before serves."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from config.migrating import one_at_a_time, patiently

LOOKS_ONLY = ("plan", "check_unapplied")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        within = connection.in_atomic_block or any(options[name] for name in LOOKS_ONLY)
        if connection.vendor != "postgresql" or within:
            super().handle(*args, **options)
            return
        with one_at_a_time(connection):
            patiently(lambda: migrate.Command.handle(self, *args, **options))
