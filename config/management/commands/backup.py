"""manage.py backup FILE: the whole database in one portable file, while the product runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.backup.writing import write


class Command(BaseCommand):
    help = "Writes everything that is stored to FILE, from which manage.py restore brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Replaced as a whole where it is there.")

    def handle(self, *_args: Any, file: Path, verbosity: int, **_options: Any) -> None:
        say = self.stdout.write if verbosity else _be_quiet
        try:
            manifest = write(file, timezone.now(), say)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        say(f"{file}: {manifest.rows:,} rows, {file.stat().st_size / 1_000_000:,.1f} MB.")
        names = sorted(name for name in manifest.keys if name)
        if names:
            say(f"Its secrets need the field key {', '.join(names)}: keep that elsewhere.")
        if lost := manifest.keys.get(""):
            self.stderr.write(f"No field key opens {lost} of its secrets, see rotate_keys --check.")


def _be_quiet(_words: str) -> None:
    """For a schedule that mails whatever is printed."""
