"""manage.py rotate_keys: seals every stored secret by the newest of the field keys."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.sealed import Ring, Survey
from okr.audit import noted


class Command(BaseCommand):
    help = "Seals every stored secret by the first of PLUMBLINE_FIELD_KEYS, while the product runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only say which of the keys may be removed."
        )

    def handle(self, *_args: Any, check: bool = False, **_options: Any) -> None:
        ring = Ring()
        before = ring.survey()
        if not check:
            ring.rotate()
        found = before if check else ring.survey()
        self._tell(ring, found)
        if not check:
            self._note(ring, found.by_key[ring.newest] - before.by_key[ring.newest], before.number)
        self._judge(ring, found)

    def _tell(self, ring: Ring, found: Survey) -> None:
        for place, name in enumerate(ring.keys, start=1):
            count, words = found.by_key[name], ""
            if name != ring.newest:
                words = "It is needed." if count else "It may be removed."
            self.stdout.write(f"Key {place}, {name}, opens {count}. {words}".rstrip())
        for each in found.closed:
            self.stderr.write(f"No key opens {each}.")

    def _note(self, ring: Ring, renewed: int, number: int) -> None:
        self.stdout.write(f"Sealed anew: {renewed} of {number}.")
        with noted("keeping.rotated", label=ring.newest, always=renewed > 0) as note:
            note.say(secrets="1 secret" if renewed == 1 else f"{renewed} secrets")

    def _judge(self, ring: Ring, found: Survey) -> None:
        if found.closed:
            raise CommandError(
                f"{len(found.closed)} cannot be opened. Put back the key that they were sealed"
                " by, or let an admin enter them again."
            )
        if found.number > found.by_key[ring.newest]:
            raise CommandError("Older keys are still needed. Run rotate_keys to change that.")
