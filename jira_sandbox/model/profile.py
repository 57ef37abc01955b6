"""An account as its organization knows it: whose it is, how it stands, and what it opens."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(days=14)
"""How long a deleted account can still be had back (Atlassian, user management REST API)."""


class Standing(StrEnum):
    """Atlassian's `accountStatus`."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    CLOSED = "closed"


class Membership(StrEnum):
    """Atlassian's `membershipStatus`."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    NONE = "no_membership"


@dataclass(slots=True)
class Profile:
    """`directories` says how the account stands in each of them, by number. `seen` holds those of
    its `products` that it was ever used in. A `synced` account comes from an identity provider. An
    address that its owner hides is in `hidden`; one that nobody has is empty."""

    id: str
    display: str
    email: str
    managed: bool
    added: datetime
    standing: Standing = Standing.ACTIVE
    directories: dict[str, Membership] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    seen: dict[str, datetime] = field(default_factory=dict)
    synced: bool = False
    hidden: bool = False
    deleted_at: datetime | None = None

    @property
    def shown_email(self) -> str:
        """Whoever manages an account sees its address, whatever its owner says."""
        return self.email if self.managed or not self.hidden else ""

    @property
    def membership(self) -> Membership:
        """Suspended only where it is suspended everywhere."""
        standings = set(self.directories.values())
        if Membership.ACTIVE in standings:
            return Membership.ACTIVE
        return Membership.SUSPENDED if standings else Membership.NONE

    @property
    def last_seen(self) -> datetime | None:
        return max(self.seen.values(), default=None)

    def at(self, now: datetime) -> Standing:
        """Deleted is inactive at first, and closed for ever when the grace is over."""
        if self.deleted_at is None:
            return self.standing
        return Standing.CLOSED if now - self.deleted_at >= GRACE else Standing.INACTIVE

    def may_come_in(self, now: datetime) -> bool:
        return self.at(now) is Standing.ACTIVE and self.membership is Membership.ACTIVE

    def status(self, now: datetime) -> str:
        """Atlassian's one word for standing and membership together."""
        standing = self.at(now)
        if self.deleted_at and standing is Standing.INACTIVE:
            return "for_deletion"
        if standing is not Standing.ACTIVE:
            return "deactivated"
        return {Membership.ACTIVE: "active", Membership.SUSPENDED: "suspended"}.get(
            self.membership, "not_invited"
        )
