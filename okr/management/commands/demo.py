"""manage.py demo: moves Larkspur, a company to look at, into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from okr.demo.move_in import Counts, move_in
from okr.demo.people import DOMAIN
from okr.demo.staff import PASSWORD
from okr.models import Person

WORTH_TRYING = (
    ("olga.petrenko", "Olga is OKR admin"),
    ("ada.lindqvist", "Ada leads the unit Platform"),
    ("ben.okafor", "Ben reports to Ada"),
    ("cleo.marchetti", "Cleo works elsewhere, in Customer Success"),
)


class Command(BaseCommand):
    help = "Moves Larkspur, a company to look at, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Do not print the sign-ins.")

    def handle(self, *_args: Any, quiet: bool = False, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Everybody knows the demo's password: it moves into no production.")
        if Person.objects.exists():
            raise CommandError(
                "There are people in this database already; "
                "the demo company moves only into an empty one."
            )
        counts = move_in(timezone.now())
        if not quiet:
            self.stdout.write(welcome(counts))


def welcome(counts: Counts) -> str:
    """Who moved in, and the sign-ins worth trying."""
    return (
        f"Larkspur has moved in: {counts.people} people, {counts.objectives} objectives, "
        f"{counts.key_results} key results.\n{sign_ins()}"
    )


def sign_ins() -> str:
    lines = (f"  {name + '@' + DOMAIN:<34}{role}" for name, role in WORTH_TRYING)
    heading = f"Sign in as anybody at Larkspur with the password {PASSWORD}, for example:"
    return "\n".join([heading, *lines])


def has_moved_in() -> bool:
    return bool(Person.objects.filter(email=f"{WORTH_TRYING[0][0]}@{DOMAIN}").exists())
