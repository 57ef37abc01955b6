"""What Atlassian tells of its accounts, typed, whichever of its interfaces told it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Status(StrEnum):
    """Atlassian's one word for the account and its membership; any other word is unknown."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    NOT_INVITED = "not_invited"
    INACTIVE = "deactivated"
    FOR_DELETION = "for_deletion"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """What somebody has used, by its key and the number of the site; when last, where told."""

    key: str
    resource: str = ""
    last_active: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One account. `email` is in small letters, and empty where Atlassian hides it."""

    id: str
    name: str
    email: str = ""
    kind: str = "atlassian"
    """atlassian is a person; app and customer are not."""
    status: Status = Status.UNKNOWN
    is_managed: bool | None = None
    """Whether the organization owns it by its e-mail domain; None where that is not told."""
    roles: tuple[str, ...] = ()
    groups: tuple[Group, ...] | None = None
    """None where they have to be asked for elsewhere."""
    products: tuple[Product, ...] | None = None
    added_at: datetime | None = None

    @property
    def last_active(self) -> datetime | None:
        moments = [each.last_active for each in self.products or () if each.last_active]
        return max(moments, default=None)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_token` is empty on the last one; `total` is 0 where it is not told."""

    rows: list[T]
    next_token: str = ""
    total: int = 0
    skipped: int = 0
    """How many rows could not be read."""
