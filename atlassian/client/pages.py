"""Follows the page tokens of a list, and comes to an end whatever the server sends."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from .errors import BrokenAnswer, QueryRefused

MOST_PAGES = 1_000


class Page(Protocol):
    @property
    def next_token(self) -> str:
        """Empty on the last page."""


P = TypeVar("P", bound=Page)


def follow(ask: Callable[[str], P], host: str) -> Iterator[P]:
    """Every page. A token seen before leads only to pages seen before, so it is an end as well.

    Tokens expire: then the reading begins again, once, and pages may come a second time.
    """
    token, seen, again = "", set[str](), False
    for _ in range(MOST_PAGES):
        try:
            page = ask(token)
        except QueryRefused:
            if not token or again:
                raise
            token, seen, again = "", set(), True
            continue
        yield page
        token = page.next_token
        if not token or token in seen:
            return
        seen.add(token)
    raise BrokenAnswer(host=host, reason="pages without end")
