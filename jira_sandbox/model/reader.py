"""What one caller may see and change in the wiki: every answer of its API starts here."""

from collections.abc import Iterator
from dataclasses import dataclass

from jira_sandbox.model.nouns import Account, Role
from jira_sandbox.model.page import Page, Space
from jira_sandbox.model.wiki import Wiki


@dataclass(frozen=True, slots=True)
class Reader:
    """`account` is None for an anonymous caller; `unseen` are numbers that a fault has made
    vanish."""

    wiki: Wiki
    account: Account | None
    unseen: frozenset[str] = frozenset()

    @property
    def may_enter(self) -> bool:
        """Whether the account may use Confluence at all."""
        return self.account is not None and self.account.role is not Role.NONE

    @property
    def is_admin(self) -> bool:
        return self.account is not None and self.account.role is Role.ADMIN

    def spaces(self) -> list[Space]:
        return [each for each in self.wiki.spaces.values() if self._passes(each.view)]

    def space(self, id_or_key: str) -> Space | None:
        wanted = id_or_key.casefold()
        known = (each for each in self.spaces() if wanted in (str(each.id), each.key.casefold()))
        return next(known, None)

    def page(self, number: str) -> Page | None:
        """None whether it is missing or invisible: Confluence tells no difference. A page in the
        archive or the trash is found."""
        found = self.wiki.pages.get(int(number)) if number.isdecimal() else None
        return found if found and self._sees(found) else None

    def pages(self) -> Iterator[Page]:
        """Those that are neither in the archive nor in the trash."""
        alive = (page for page in self.wiki.pages.values() if page.alive)
        return filter(self._sees, alive)

    def may_add_to(self, space: Space) -> bool:
        return self._passes(space.view) and self._passes(space.edit)

    def may_change(self, page: Page) -> bool:
        return self.may_add_to(page.space) and (self.is_admin or not page.locked)

    def _sees(self, page: Page) -> bool:
        """A restriction holds for all that is below the page too."""
        if str(page.id) in self.unseen or not self._passes(page.space.view):
            return False
        return all(self._is_let_in(each) for each in (page, *self.wiki.above(page)))

    def _is_let_in(self, page: Page) -> bool:
        name = self.account.name if self.account else ""
        return not page.readers or self.is_admin or name in page.readers

    def _passes(self, least: Role) -> bool:
        return self.may_enter and (self.is_admin or least is Role.MEMBER)
