"""What Confluence tells, typed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    email: str = ""
    """Empty where it is hidden."""
    login: str = ""
    """The user name, which Data Center alone has."""


@dataclass(frozen=True, slots=True)
class Server:
    is_cloud: bool
    version: str = ""
    """Of Data Center; Cloud has none."""
    cloud_id: str = ""

    @property
    def takes_access_tokens(self) -> bool:
        """Personal access tokens came with 7.9."""
        return self._at_least(7, 9)

    def _at_least(self, *wanted: int) -> bool:
        """A version that cannot be read is taken for a new one."""
        parts = self.version.split(".")[:2]
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
        return len(numbers) < 2 or tuple(numbers) >= wanted


@dataclass(frozen=True, slots=True)
class Page:
    """`path` begins with a slash, below the place where the site's pages begin."""

    id: int
    title: str
    path: str = ""
    space_key: str = ""
    space_name: str = ""
    version: int = 0
    edited_at: datetime | None = None
    space_id: int = 0
    """Of Cloud alone, where a page is written by it."""
    in_trash: bool = False
    archived: bool = False
