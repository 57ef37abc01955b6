"""manage.py create_admin: the first OKR admin, and one who comes in when nobody else can."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from okr.audit import noted
from okr.models import Person, Role

VARIABLE = "PLUMBLINE_ADMIN_PASSWORD"


class Command(BaseCommand):
    help = "Makes an OKR admin who can then sign in and set up everything else in the browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="What the admin signs in with.")
        parser.add_argument("--name", required=True, help="The name that colleagues see.")

    def handle(self, *_args: Any, email: str, name: str, **_options: Any) -> None:
        person = Person(email=email.strip().lower(), name=name.strip(), role=Role.OKR_ADMIN)
        check(person)
        password = os.environ.get(VARIABLE) or ask_for_password()
        try:
            validate_password(password, person)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        with noted("people.added") as note:
            note.about = Person.objects.join(
                email=person.email,
                name=person.name,
                password=password,
                role=person.role,
                keeps_password=True,
            )
        self.stdout.write(f"{person.name} can sign in as OKR admin with {person.email}.")


def check(person: Person) -> None:
    """Raises CommandError with a sentence for what cannot be a person."""
    if Person.objects.filter(email__iexact=person.email).exists():
        raise CommandError(f"There is somebody with the e-mail address {person.email} already.")
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as refused:
        sentences = (f"{name}: {' '.join(said)}" for name, said in refused.message_dict.items())
        raise CommandError(" ".join(sentences)) from refused


def ask_for_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"Run this on a terminal, or set {VARIABLE} to the password.")
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ.")
    return password
