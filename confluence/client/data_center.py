"""Reads Confluence Data Center and Server, from 7.0 on, through their REST API."""

from collections.abc import Sequence

from atlassian.client import Call, NotFound, QueryRefused, ShapeError, WrongCredentials

from . import readings
from .driver import Driver
from .errors import NotConfluence
from .records import Account, Page, Server

EXPANDED = "space,version"
MANIFEST = "/rest/applinks/1.0/manifest"


class DataCenterClient(Driver):
    """A ConfluenceClient."""

    def server(self) -> Server:
        """Asked without credentials: every product of Data Center says so what it is."""
        call = Call("GET", self._base + MANIFEST, signed=False, what="this server")
        try:
            return readings.manifest(self._transport.ask(call))
        except (NotFound, QueryRefused, WrongCredentials, ShapeError) as error:
            detail = f"manifest: {error}"
        raise NotConfluence(host=self._site.host, detail=detail)

    def myself(self) -> Account:
        return self._current(readings.named_account)

    def page(self, number: int) -> Page:
        path = f"/rest/api/content/{number}"
        body = self._of_one_page(lambda: self._get(path, "pages", expand=EXPANDED))
        return self._read(readings.content, body)

    def pages(self, numbers: Sequence[int]) -> list[Page]:
        """One by one: its search would tell of a page what it was when it was last indexed."""
        return self._singly(numbers, self.page)
