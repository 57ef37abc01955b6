"""Reads Confluence Cloud: pages and spaces through version 2 of its REST API, the search and
users through version 1, which alone has them.
"""

from collections.abc import Sequence
from dataclasses import replace

from atlassian.client import Forbidden, MissingScope, NotFound

from . import readings
from .address import CLOUD_CONTEXT
from .dialect import CLOUD
from .driver import Driver
from .errors import NoConfluence
from .records import Account, Page

V2 = "/api/v2"
BATCH = 100
"""Version 2 takes up to 250 pages at a time; an address of so many numbers grows long."""


class CloudClient(Driver):
    """A ConfluenceClient."""

    api, dialect = CLOUD_CONTEXT, CLOUD

    def cloud_id(self) -> str:
        """The name of the site at the gateway."""
        return self._cloud_id(self._site.origin)

    def myself(self) -> Account:
        """Confluence answers 403 to a wrong token and to an account without access alike, and 404
        where it is not there."""
        try:
            return self._current(readings.account)
        except (Forbidden, NotFound) as error:
            detail = error.detail
        raise NoConfluence(host=self._site.host, email=self._owner.email, detail=detail)

    def page(self, number: int) -> Page:
        body = self._of_one_page(lambda: self._get(f"{V2}/pages/{number}", "pages"))
        page = self._read(readings.cloud_page, body)
        return self._with_spaces([page])[0]

    def pages(self, numbers: Sequence[int]) -> list[Page]:
        """Atlassian, Confluence Cloud REST API v2, GET /pages: current and archived ones."""
        found: list[Page] = []
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            asked = ",".join(str(each) for each in batch)
            body = self._get(f"{V2}/pages", "pages", id=asked, limit=BATCH)
            found += [page for page in self._read(readings.cloud_pages, body) if page.id in batch]
        return self._with_spaces(found)

    def _with_spaces(self, pages: list[Page]) -> list[Page]:
        """A page tells only the number of its space. Where the token may not read spaces, pages are
        told without their names."""
        numbers = sorted({page.space_id for page in pages if page.space_id})
        known: dict[int, tuple[str, str]] = {}
        for start in range(0, len(numbers), BATCH):
            asked = ",".join(str(each) for each in numbers[start : start + BATCH])
            known |= self._spaces(asked)
        return [_in_space(page, known.get(page.space_id)) for page in pages]

    def _spaces(self, numbers: str) -> dict[int, tuple[str, str]]:
        try:
            body = self._get(f"{V2}/spaces", "spaces", ids=numbers, limit=BATCH)
        except (MissingScope, Forbidden, NotFound):
            return {}
        return self._read(readings.spaces, body)


def _in_space(page: Page, space: tuple[str, str] | None) -> Page:
    if space is None:
        return page
    key, name = space
    return replace(page, space_key=key or page.space_key, space_name=name)
