"""What may be done to one account, or to those of a list: hidden where it would be refused."""

from dataclasses import dataclass

from atlassian_accounts.models import Account, AccountsSettings, Verb
from atlassian_accounts.removal import words
from atlassian_accounts.removal.choosing import UNDER_WAY
from atlassian_accounts.removal.guarding import Guarded
from atlassian_accounts.removal.history import Told
from atlassian_accounts.removal.possible import verbs_for
from okr.models import Person

LAST_OF_ONE = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """`why_not` where nothing may be done; `lately` is what was asked for last, newest first."""

    account: Account
    is_on: bool
    verbs: list[tuple[str, str, bool]]
    """Each with the words of its button, and whether it takes something away."""
    why_not: str
    lately: list[Told]

    @classmethod
    def of(cls, account: Account, by: Person) -> "Offer":
        is_on = AccountsSettings.load().removes
        rows = account.removals.select_related("account__connection", "by")[:LAST_OF_ONE]
        lately = [Told(row, is_on) for row in rows]
        why_not = Guarded.from_(by).why_not(account)
        if any(each.row.is_open for each in lately):
            why_not = UNDER_WAY
        verbs = verbs_for(account) if is_on and not why_not else []
        named = [(each.value, words.BUTTONS[each], each in words.DESTROYS) for each in verbs]
        return cls(account, is_on, named, why_not, lately)


@dataclass(frozen=True, slots=True)
class Choice:
    """Of a page of the list: which rows can be ticked, and what may be done to them."""

    pks: frozenset[int]
    verbs: list[tuple[str, str]]

    @classmethod
    def of(cls, accounts: list[Account], by: Person) -> "Choice":
        if not AccountsSettings.load().removes:
            return cls(frozenset(), [])
        guarded = Guarded.from_(by)
        able = {each.pk: verbs_for(each) for each in accounts if not guarded.why_not(each)}
        offered = {verb for verbs in able.values() for verb in verbs}
        return cls(
            frozenset(pk for pk, verbs in able.items() if verbs),
            [(each.value, str(each.label)) for each in Verb if each in offered],
        )
