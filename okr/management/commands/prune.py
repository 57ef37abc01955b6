"""manage.py prune: removes at once what has been kept for long enough, or says what would go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from okr.retention import kept, old, prune
from okr.slots import Kept


class Command(BaseCommand):
    help = "Removes what is older than the settings say; the worker does it once a day by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *_args: Any, dry_run: bool = False, **_options: Any) -> None:
        now = timezone.now()
        for each in kept():
            rows = old(each, now)
            if rows is None:
                self.stdout.write(f"{_named(each)}: kept for ever.")
            elif dry_run:
                self.stdout.write(f"{_named(each)}: {rows.count():,} would go{_age(each)}.")
            else:
                self.stdout.write(f"{_named(each)}: {prune(each, now).removed:,} gone{_age(each)}.")


def _named(each: Kept) -> str:
    return each.name[0].upper() + each.name[1:]


def _age(each: Kept) -> str:
    return f", older than {each.days} day{'' if each.days == 1 else 's'}"
