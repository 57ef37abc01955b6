"""manage.py restore FILE: a backup comes back, on either database, or nothing changes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from config.backup import BackupError
from config.backup.manifest import Manifest
from config.backup.reading import Backup, opened
from config.backup.restoring import Wish, refusal, restore
from config.backup.schema import is_in_use
from okr import proof

WORD = "replace"
BUSY = "The database did not let us: {}. Are the web processes and the workers stopped?"
UNFIT = "The rows of this file do not fit each other: {}"


class Command(BaseCommand):
    help = "Restores FILE into an empty database, and proves that every stored number follows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Whatever is stored makes way.")
        parser.add_argument("--yes", action="store_true", help="Do not ask before replacing.")
        parser.add_argument(
            "--without-secrets",
            action="store_true",
            help="Leave tokens and webhook secrets out; admins enter them again.",
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        wish = Wish(options["replace"], options["without_secrets"])
        self.stdout.write("Checking the file …")
        try:
            with opened(file) as backup:
                self._describe(backup.manifest)
                if words := refusal(backup.manifest, wish):
                    raise BackupError(words)
                if wish.replace and not options["yes"] and is_in_use():
                    self._ask()
                result = self._restore(backup, wish)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._tell(backup.manifest, result)

    def _restore(self, backup: Backup, wish: Wish) -> proof.Result:
        try:
            return restore(backup, wish, timezone.now(), self.stdout.write)
        except OperationalError as error:
            raise BackupError(BUSY.format(str(error).strip())) from error
        except IntegrityError as error:
            raise BackupError(UNFIT.format(error)) from error

    def _describe(self, manifest: Manifest) -> None:
        self.stdout.write(
            f"It is whole: {manifest.rows:,} rows of {manifest.made_at},"
            f" from {manifest.database} and version {manifest.version}."
        )

    def _ask(self) -> None:
        self.stdout.write("Everything in this database will be replaced by the file.")
        if input(f"Type {WORD} to go on: ").strip() != WORD:
            raise BackupError("Nothing was changed.")

    def _tell(self, manifest: Manifest, result: proof.Result) -> None:
        self.stdout.write(f"Restored {manifest.rows:,} rows in {len(manifest.tables)} tables.")
        if not result.differences:
            self.stdout.write(f"All {result.checked} stored numbers follow from the measurements.")
            return
        for difference in result.differences:
            self.stderr.write(str(difference))
        raise CommandError(
            f"{len(result.differences)} of {result.checked} numbers differ, as they did when the"
            " backup was made. Repair with check_numbers --mend."
        )
