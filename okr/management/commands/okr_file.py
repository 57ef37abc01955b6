"""manage.py okr_file: OKRs as a file, as somebody may see and change them."""

import json
import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from okr.acting import acting, the_program
from okr.as_code.exporting import MissingError, export
from okr.as_code.plan import ChangedError, Order, Plan, apply, plan
from okr.as_code.reading import FaultyError
from okr.as_code.telling import lines, told
from okr.models import Person

STDIN = "-"
CHANGED = "It would do something else by now than what was planned. Plan it again."
NOBODY = "Nobody who is active has the e-mail address {}."


class Command(BaseCommand):
    help = "Writes OKRs as a YAML file, tells what such a file would change, and applies it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        exporting = deeds.add_parser("export", help="Write the open cycles, or those named.")
        exporting.add_argument("--cycle", action="append", default=[], help="The key of a cycle.")
        exporting.add_argument("--unit", default="", help="Only what is a unit's or its people's.")
        planning = deeds.add_parser("plan", help="Tell what a file would change.")
        applying = deeds.add_parser("apply", help="Change it: all of it, or nothing.")
        applying.add_argument("--plan", default="", help="Only if it does what that plan said.")
        for each in (planning, applying):
            each.add_argument("file", help="The file, or - for the standard input.")
            each.add_argument("--remove", action="store_true", help="Remove what is not in it.")
            each.add_argument("--json", action="store_true", help="Tell it as JSON.")
        for each in (exporting, planning, applying):
            each.add_argument("--as", dest="email", required=True, help="As whom, by e-mail.")

    def handle(self, *_args: Any, deed: str, email: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise CommandError(NOBODY.format(email))
        with acting(partial(the_program().known_as, person)):
            if deed == "export":
                self._export(person, options["cycle"], options["unit"])
            else:
                self._do(deed, person, options)

    def _export(self, person: Person, keys: list[str], unit: str) -> None:
        try:
            self.stdout.write(export(person, keys, unit), ending="")
        except MissingError as missing:
            raise CommandError(str(missing)) from missing

    def _do(self, deed: str, person: Person, options: dict[str, Any]) -> None:
        order = Order(
            _content(options["file"]),
            person,
            timezone.now(),
            person.is_okr_admin,
            options["remove"],
        )
        try:
            made = plan(order) if deed == "plan" else apply(order, options["plan"])
        except FaultyError as faulty:
            raise CommandError(str(faulty)) from faulty
        except ChangedError as changed:
            raise CommandError(CHANGED) from changed
        self._tell(made, as_json=options["json"])

    def _tell(self, made: Plan, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told(made), indent=2, ensure_ascii=False))
            return
        for line in lines(made):
            self.stdout.write(line)


def _content(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
