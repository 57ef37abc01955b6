"""Who has an account on the site, and whom the organization above it lets in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from jira_sandbox.model.nouns import Account
from jira_sandbox.model.organization import Group, Organizations


class People:
    """`accounts` by the name that the seed uses, as they stand now; `removed` are the names of
    those whom the site has forgotten."""

    def __init__(
        self, accounts: Iterable[Account], clock: Callable[[], datetime], tell: Callable[[], None]
    ) -> None:
        self.accounts = {account.name: account for account in accounts}
        self.removed: set[str] = set()
        self.organizations = Organizations((), ())
        self._own = dict(self.accounts)
        self._clock = clock
        self._tell = tell

    @property
    def users(self) -> list[Account]:
        """Whom the site still knows, by id."""
        known = (one for one in self.accounts.values() if one.name not in self.removed)
        return sorted(known, key=lambda account: account.id)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The organization's: a site has none of its own."""
        home = self.organizations.home
        return home.groups if home else ()

    def groups_of(self, account: Account) -> list[Group]:
        home = self.organizations.home
        profile = home.profiles.get(account.id) if home else None
        return [each for each in self.groups if profile and each.name in profile.groups]

    def is_active(self, account: Account) -> bool:
        return self.accounts[account.name].active

    def remove(self, account: Account) -> None:
        """From the site alone: the account itself stays with its owner and its organization."""
        self.removed.add(account.name)
        self.settle()

    def settle(self) -> None:
        """An account is active here while the site keeps it and its organization lets it in."""
        now = self._clock()
        for name, own in self._own.items():
            let_in = name not in self.removed and self.organizations.let_in(own.id, now)
            self.accounts[name] = replace(own, active=own.active and let_in)
        self._tell()
