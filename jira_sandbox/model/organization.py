"""What stands above the sites: organizations with directories, groups, accounts and their keys."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from jira_sandbox.model.profile import Membership, Profile, Standing


@dataclass(frozen=True, slots=True)
class Directory:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    description: str
    directory: Directory


@dataclass(frozen=True, slots=True)
class OrganizationKey:
    """`maker` is the account that made it. Without scopes it may do everything."""

    secret: str
    organization: str
    maker: str
    scopes: frozenset[str]
    expired: bool = False


@dataclass
class Organization:
    """`earlier` holds what each account was before it was changed last: answers may lag behind."""

    id: str
    name: str
    directories: tuple[Directory, ...]
    groups: tuple[Group, ...] = ()
    profiles: dict[str, Profile] = field(default_factory=dict)
    earlier: dict[str, Profile] = field(default_factory=dict)

    def directory(self, number: str) -> Directory | None:
        return next((each for each in self.directories if each.id == number), None)

    def listed(self, *, lagging: bool = False) -> Iterator[Profile]:
        """By id: all in a directory, and those it manages whether in one or in none."""
        for number in sorted(self.profiles):
            profile = self.profiles[number]
            if lagging:
                profile = self.earlier.get(number, profile)
            if profile.managed or profile.directories:
                yield profile

    def change(self, account: str) -> Profile:
        """The account, to be changed now."""
        self.earlier[account] = deepcopy(self.profiles[account])
        return self.profiles[account]

    def suspend(self, account: str, directory: str) -> None:
        """It loses its access here until it is restored; roles and groups wait for it."""
        self.change(account).directories[directory] = Membership.SUSPENDED

    def restore(self, account: str, directory: str) -> None:
        self.change(account).directories[directory] = Membership.ACTIVE

    def remove(self, account: str, directory: str) -> None:
        """Out of one directory; who is in none has no product, role or group left."""
        profile = self.change(account)
        del profile.directories[directory]
        here = {group.name for group in self.groups if group.directory.id == directory}
        profile.groups = tuple(name for name in profile.groups if name not in here)
        if not profile.directories:
            profile.products, profile.roles = (), ()

    def set_standing(self, account: str, standing: Standing) -> None:
        self.change(account).standing = standing

    def delete(self, account: str, at: datetime | None) -> None:
        """From now on, or no longer where there is no moment: then it is active again."""
        profile = self.change(account)
        profile.deleted_at = at
        if at is None:
            profile.standing = Standing.ACTIVE


class Organizations:
    """All that one key or another opens. The site is in the first."""

    def __init__(self, every: Iterable[Organization], keys: Iterable[OrganizationKey]) -> None:
        self.by_id = {each.id: each for each in every}
        self.keys = {key.secret: key for key in keys}

    @property
    def home(self) -> Organization | None:
        return next(iter(self.by_id.values()), None)

    def let_in(self, account: str, now: datetime) -> bool:
        """Onto the site. An account that its organization does not know is its owner's own."""
        profile = self.home.profiles.get(account) if self.home else None
        return profile is None or profile.may_come_in(now)
