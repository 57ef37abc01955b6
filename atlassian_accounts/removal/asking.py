"""Asks for something to be done to accounts, and takes it back while nothing was sent; logged."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from atlassian_accounts.models import Account, AccountsSettings, Removal, Verb
from atlassian_accounts.removal import words
from okr.audit import noted
from okr.models import Person


class UnderWayError(Exception):
    """Somebody asked for one of them in this very moment."""


def ask(accounts: Sequence[Account], verb: Verb, by: Person) -> list[Removal]:
    """All of them, or none. Raises UnderWayError."""
    try:
        with transaction.atomic():
            rows = Removal.objects.ask(accounts, verb, by)
            for row in rows:
                note(row, "asked", words.TO_DO)
    except IntegrityError:
        raise UnderWayError from None
    return rows


def cancel(row: Removal) -> bool:
    """False where it is too late."""
    with transaction.atomic():
        cancelled = row.cancel()
        if cancelled:
            note(row, "withdrawn", words.TO_DO)
    return cancelled


def look_now(row: Removal) -> bool:
    """False where nothing is unknown of it."""
    with transaction.atomic():
        looks = row.look_now()
        if looks:
            note(row, "looked", words.TO_DO)
    return looks


def allow() -> None:
    settings = AccountsSettings.load()
    with noted("accounts.removing_allowed", settings):
        settings.allow_removing()


def forbid() -> None:
    """What still waits is not done any more."""
    settings = AccountsSettings.load()
    with noted("accounts.removing_forbidden", settings):
        withdraw_all()
        settings.forbid_removing()


def withdraw_all() -> None:
    for row in Removal.objects.waiting().select_related("connection"):
        cancel(row)


def note(row: Removal, step: str, said: dict[Verb, str], **more: object) -> None:
    """One step of one account: what was to be done to it, and whatever else the step tells."""
    deed = said[Verb(row.verb)].format(told=row.told_as, organization=row.connection)
    name = f"accounts.removal_{step}"
    with noted(name, row.connection, label=row.told_as, always=True) as entry:
        entry.say(deed=deed, **more)
