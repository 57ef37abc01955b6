"""The whole state of one Confluence site: the only place where pages appear, change and go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from jira_sandbox.model.nouns import Account
from jira_sandbox.model.page import Page, Space, Standing, Version

FIRST_PAGE_ID = 65_537
PAGE_STEP = 32
"""Numbers of pages are large and leave gaps, as on a real site."""


class StaleVersionError(Exception):
    """Somebody saved the page in between: the number sent is not the next one."""

    def __init__(self, current: int, given: int) -> None:
        super().__init__(f"The page is at version {current}; {given} does not follow it.")
        self.current, self.given = current, given


class TitleTakenError(Exception):
    """Another page of the space has this title, in the archive too. A page in the trash keeps
    none."""

    def __init__(self, title: str, space: Space) -> None:
        super().__init__(f"{space.key} has a page {title!r} already.")
        self.title, self.space = title, space


class Wiki:
    """Part of a site: its lock is the site's, and `changed` tells the site of every change."""

    def __init__(self, clock: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self.clock, self.changed = clock, changed
        self.spaces: dict[str, Space] = {}
        self.pages: dict[int, Page] = {}
        self.next_id = FIRST_PAGE_ID

    def page(self, number: int) -> Page:
        if number not in self.pages:
            raise LookupError(f"There is no page {number}.")
        return self.pages[number]

    def home(self, space: Space) -> Page | None:
        """The page that all others of the space stand below."""
        inside = (page for page in self.pages.values() if page.space == space)
        return next((page for page in inside if page.parent is None and page.alive), None)

    def titled(self, title: str, space: Space) -> Page | None:
        wanted = title.casefold()
        kept = (each for each in self.pages.values() if not each.trashed and each.space == space)
        return next((page for page in kept if page.title.casefold() == wanted), None)

    def above(self, page: Page) -> Iterator[Page]:
        """From its parent up to the home of its space."""
        while page.parent in self.pages:
            page = self.pages[page.parent]
            yield page

    def children(self, page: Page) -> Iterator[Page]:
        alive = (each for each in self.pages.values() if each.alive)
        return (each for each in alive if each.parent == page.id)

    def add(self, page: Page) -> Page:
        self.pages[page.id] = page
        self.next_id = max(self.next_id, page.id + PAGE_STEP)
        return page

    def create(
        self,
        space: Space,
        title: str,
        body: str,
        author: Account,
        *,
        parent: int | None = None,
        message: str = "",
    ) -> Page:
        """Below the home of its space, unless a parent is named."""
        self._keep_titles_apart(title, space)
        home = self.home(space)
        above = parent or (home.id if home else None)
        page = Page(self.next_id, space, above)
        page.versions.append(Version(1, self.clock(), author, title, body, message))
        self.add(page)
        self.changed()
        return page

    def save(
        self, page: Page, number: int, title: str, body: str, author: Account, message: str = ""
    ) -> Page:
        """A new version; its number has to follow the last one."""
        self._follows(page, number)
        self._keep_titles_apart(title, page.space, page)
        page.versions.append(Version(number, self.clock(), author, title, body, message))
        self.changed()
        return page

    def amend(self, page: Page, body: str, author: Account, title: str = "") -> Page:
        """As somebody saves it in the browser: always on top of what is there."""
        return self.save(page, page.now.number + 1, title or page.title, body, author)

    def move(self, page: Page, parent: Page) -> None:
        if page is parent or page in self.above(parent):
            raise ValueError("A page cannot be below itself.")
        page.parent = parent.id
        self.changed()

    def restrict(self, page: Page, readers: Iterable[str]) -> None:
        """To those named, by the names of their accounts; to nobody in particular without any."""
        page.readers = frozenset(readers)
        self.changed()

    def lock(self, page: Page, *, locked: bool = True) -> None:
        page.locked = locked
        self.changed()

    def trash(self, page: Page, *, trashed: bool = True) -> None:
        self._stand(page, Standing.TRASHED if trashed else Standing.CURRENT)

    def archive(self, page: Page, *, archived: bool = True) -> None:
        self._stand(page, Standing.ARCHIVED if archived else Standing.CURRENT)

    def take_out_of_trash(self, page: Page, number: int, author: Account) -> None:
        """As the API does it: a version more, in which nothing of the page is changed."""
        self._follows(page, number)
        self.trash(page, trashed=False)
        self.save(page, number, page.title, page.now.body, author)

    def purge(self, page: Page) -> None:
        """Gone for good. What was below it goes up one step."""
        for child in self.pages.values():
            if child.parent == page.id:
                child.parent = page.parent
        del self.pages[page.id]
        self.changed()

    def body(self) -> dict[str, Any]:
        """As the state file keeps it."""
        return {"next_id": self.next_id, "pages": [_kept(page) for page in self.pages.values()]}

    def restore(self, body: dict[str, Any], accounts: Mapping[str, Account]) -> None:
        for number, space, parent, readers, locked, status, versions in body["pages"]:
            page = Page(number, self.spaces[space], parent, readers=frozenset(readers))
            page.locked, page.status = locked, Standing(status)
            page.versions = [_version(row, accounts) for row in versions]
            self.add(page)
        self.next_id = body["next_id"]

    def _stand(self, page: Page, status: Standing) -> None:
        if page.trashed and status is not Standing.TRASHED:
            self._keep_titles_apart(page.title, page.space, page)
        page.status = status
        self.changed()

    def _follows(self, page: Page, number: int) -> None:
        if number != page.now.number + 1:
            raise StaleVersionError(page.now.number, number)

    def _keep_titles_apart(self, title: str, space: Space, page: Page | None = None) -> None:
        if self.titled(title, space) not in (None, page):
            raise TitleTakenError(title, space)


def _kept(page: Page) -> list[Any]:
    versions = [
        [each.number, each.at.isoformat(), each.author.name, each.title, each.body, each.message]
        for each in page.versions
    ]
    place = [page.id, page.space.key, page.parent]
    return [*place, sorted(page.readers), page.locked, page.status, versions]


def _version(row: list[Any], accounts: Mapping[str, Account]) -> Version:
    number, at, author, title, body, message = row
    moment = datetime.fromisoformat(at)
    return Version(number, moment, accounts[author], title, body, message)
