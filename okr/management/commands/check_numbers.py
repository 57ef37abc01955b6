"""manage.py check_numbers: proves that every stored number equals what the measurements say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from okr import proof


class Command(BaseCommand):
    help = "Derives every stored progress anew from the measurements and lists what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Store what was derived.")

    def handle(self, *_args: Any, mend: bool = False, **_options: Any) -> None:
        with proof.one_moment():
            result = proof.derive_everything()
            for difference in result.differences:
                self.stdout.write(str(difference))
            if mend:
                self._mend(result)
        if result.differences and not mend:
            count = counted(len(result.differences), "number")
            raise CommandError(f"{count} of {result.checked} differ. Repair with --mend.")
        if not result.differences:
            self.stdout.write(f"All {result.checked} stored numbers follow from the measurements.")

    def _mend(self, result: proof.Result) -> None:
        try:
            proof.store(result.differences)
        except OperationalError as changed:
            raise CommandError(
                "Somebody wrote meanwhile, nothing is mended. Run it again."
            ) from changed
        if result.differences:
            self.stdout.write(f"Mended {counted(len(result.differences), 'number')}.")


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
