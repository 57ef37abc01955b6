"""The accounts that somebody ticked, parted into those it can be done to and those left out."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from atlassian_accounts.models import Account, Removal, Verb
from atlassian_accounts.removal import words
from atlassian_accounts.removal.guarding import Guarded
from atlassian_accounts.removal.possible import obstacle
from okr.models import Person

MOST = 50
UNDER_WAY = "Something is being done to it already."


@dataclass(frozen=True)
class Chosen:
    verb: Verb
    accounts: list[Account]
    left_out: list[tuple[Account, str]]

    @classmethod
    def of(cls, verb: Verb, pks: Collection[int], by: Person) -> "Chosen":
        guarded, busy = Guarded.from_(by), _busy(pks)
        rows = Account.objects.filter(pk__in=pks).select_related("connection")
        found = list(rows.order_by("connection", "name", "pk"))
        why = {each.pk: _why_not(each, verb, guarded, busy) for each in found}
        return cls(
            verb,
            [each for each in found if not why[each.pk]],
            [(each, why[each.pk]) for each in found if why[each.pk]],
        )

    @property
    def is_one(self) -> bool:
        return len(self.accounts) + len(self.left_out) == 1

    @cached_property
    def to_type(self) -> str:
        """What confirms it: the address of the one account, or how many they are."""
        if not self.accounts:
            return ""
        one = self.accounts[0]
        return (one.email or one.account_id) if self.is_one else str(len(self.accounts))

    @property
    def label(self) -> str:
        if not self.is_one:
            return "Number of accounts"
        return "E-mail address of the account" if self.accounts[0].email else "Account ID"

    @property
    def title(self) -> str:
        name = words.NAMES[self.verb]
        if self.is_one:
            return f"{name} {[*self.accounts, *(each for each, _ in self.left_out)][0]}?"
        number = len(self.accounts)
        return f"{name} {number} account{'' if number == 1 else 's'}?"

    @property
    def means(self) -> tuple[str, ...]:
        return words.MEANS[self.verb]

    @property
    def button(self) -> str:
        number = len(self.accounts)
        several = words.BUTTONS_OF_SEVERAL[self.verb].format(number=number)
        return words.BUTTONS[self.verb] if number == 1 else several

    @property
    def destroys(self) -> bool:
        return self.verb in words.DESTROYS


def _why_not(account: Account, verb: str, guarded: Guarded, busy: Collection[int]) -> str:
    if account.pk in busy:
        return UNDER_WAY
    return guarded.why_not(account) or obstacle(account, verb)


def _busy(pks: Collection[int]) -> set[int]:
    rows = Removal.objects.open().filter(account__in=pks)
    return set(rows.values_list("account_id", flat=True))
