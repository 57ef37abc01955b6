"""Writes pages into Confluence. Apart from the drivers that read, so that these cannot write."""

from typing import Protocol, Self

from .records import Account
from .written import NewPage, Revision, Space, Written

MOST_SPACES, BATCH = 1_000, 100


class Publisher(Protocol):
    """Whatever Confluence it is. Everything may raise an AtlassianError; an answer may be lost
    after Confluence has done the work."""

    def myself(self) -> Account: ...
    def spaces(self) -> list[Space]:
        """Those that the account sees, by their names; MOST_SPACES at most."""

    def to_write(self, number: int) -> Written:
        """With its body. Raises NotFound, or PageForbidden."""

    def titled(self, space: Space, title: str) -> Written | None:
        """The page that bears the title in this space, of which there is one at most; asked of the
        store itself, since a search may not know yet what was made a moment ago."""

    def create(self, new: NewPage) -> Written: ...
    def replace(self, page: int, revision: Revision) -> Written:
        """Raises VersionConflict where its number is not the next one."""

    def may_write(self) -> None:
        """Asks for a page of nothing, which no Confluence makes: what is raised tells whether the
        token may write at all; QueryRefused where it may."""

    def editor_of(self, page: Written) -> str:
        """The name of who saved it last; empty where it is not told."""

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
