"""What the drivers of both kinds of Confluence have in common: searching, and who is asked."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol, Self, TypeVar

import atlassian.client
from atlassian.client import (
    AddressPolicy,
    AnonymousAnswer,
    Credentials,
    Forbidden,
    NotFound,
    SiteAddress,
)
from okr.outgoing import Patience

from . import cql, readings
from .dialect import CONFLUENCE
from .errors import PageForbidden
from .records import Account, Page

T = TypeVar("T")
CURRENT_USER = "/rest/api/user/current"


class ConfluenceClient(Protocol):
    """Whatever Confluence it is. Everything may raise an AtlassianError."""

    def myself(self) -> Account: ...
    def page(self, number: int) -> Page:
        """Raises NotFound, or PageForbidden."""

    def pages(self, numbers: Sequence[int]) -> list[Page]:
        """Those that can be read; of the others it is not told why."""

    def search(self, words: str, limit: int) -> list[Page]: ...
    def page_titled(self, space: str, title: str) -> Page | None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class Driver(atlassian.client.Driver):
    """`api_base` is where the API is when it is not on the site (the gateway of Cloud)."""

    dialect = CONFLUENCE

    def __init__(
        self,
        site: SiteAddress,
        credentials: Credentials,
        policy: AddressPolicy,
        api_base: str = "",
        *,
        patience: Patience | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._site, self._owner = site, credentials
        url = api_base or site.url
        super().__init__(url, credentials, policy, patience=patience, clock=clock)

    def search(self, words: str, limit: int) -> list[Page]:
        return self._find(cql.pages_with(words), limit)

    def page_titled(self, space: str, title: str) -> Page | None:
        return next(iter(self._find(cql.page_titled(space, title), 1)), None)

    def _find(self, query: str, limit: int) -> list[Page]:
        body = self._get("/rest/api/search", "the search", cql=query, limit=limit)
        return self._read(readings.found, body)

    def _current(self, read: Callable[[Any], Account]) -> Account:
        """An answer to nobody is a refusal: Confluence may be open to everybody to read."""

        def known(body: Any) -> Account | None:
            return None if readings.is_anonymous(body) else read(body)

        found = self._prove(CURRENT_USER, "users", known)
        if found is None:
            owner, kind = self._owner, self._owner.kind
            told = "" if kind == atlassian.client.Kind.API_TOKEN else kind.value
            raise AnonymousAnswer(host=self._host, email=owner.email, kind=told)
        return found

    def _of_one_page(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Forbidden as refused:
            detail = refused.detail
        raise PageForbidden(detail=detail)

    def _singly(self, numbers: Collection[int], read: Callable[[int], Page]) -> list[Page]:
        found = []
        for each in numbers:
            try:
                found.append(read(each))
            except (NotFound, PageForbidden):
                continue
        return [page for page in found if not page.in_trash]
