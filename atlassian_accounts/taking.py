"""Takes the matches of accounts and people to the integrations that want to know them.

Which those are, the core knows: what is taken goes the way of an import, checked and confirmed.
"""

from collections.abc import Iterator
from datetime import datetime

from atlassian_accounts.models import Account
from atlassian_accounts.models.account import AccountQuerySet
from okr.imports.desk import confirm, take_rows
from okr.imports.shape import WRITTEN, Fate, Shape
from okr.imports.shapes import taking_accounts
from okr.models import Person, Upload

NAME = "Atlassian accounts"


def destinations(person: Person) -> list[Shape]:
    return taking_accounts(person)


def destination(person: Person, slug: str) -> Shape | None:
    return next((each for each in destinations(person) if each.slug == slug), None)


def take(into: Shape, by: Person, at: datetime) -> Upload:
    """All matches, checked; they are written when somebody confirms."""
    return take_rows(into, NAME, rows(matched()), by, at)


def take_one(account: Account, into: Shape, by: Person, at: datetime) -> Upload:
    """Written at once, where nothing stands against it."""
    upload = take_rows(into, NAME, rows(matched().filter(pk=account.pk)), by, at)
    if fates_of(upload) <= {*WRITTEN, Fate.UNCHANGED}:
        confirm(into, upload, by, at)
    return upload


def fates_of(upload: Upload) -> set[str]:
    return {stored[1] for stored in upload.verdicts}


def matched() -> AccountQuerySet:
    """The accounts in use that belong to somebody who is here."""
    found: AccountQuerySet = Account.objects.usable().belonging_to(active=True)
    return found


def rows(accounts: AccountQuerySet) -> Iterator[dict[str, str]]:
    """An account that stands in several organizations is told once."""
    told = accounts.order_by("email", "account_id").values_list("email", "account_id")
    for email, account_id in told.distinct():
        yield {"email": email, "account_id": account_id}
