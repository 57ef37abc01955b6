"""What Atlassian tells of its accounts, typed, whichever of its interfaces told it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Status(StrEnum):
    """Of the account itself; what stands in no list of ours is unknown."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    INACTIVE = "inactive"
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
    """What somebody may use; `last_active` is None where they never did, or nobody tells."""

    key: str
    name: str
    url: str = ""
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
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What an account may use and when it last did."""

    id: str
    products: tuple[Product, ...]
    last_active: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_token` is empty on the last one; `total` is 0 where it is not told."""

    rows: list[T]
    next_token: str = ""
    total: int = 0
    skipped: int = 0
    """How many rows could not be read."""
