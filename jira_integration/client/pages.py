"""Follows the page tokens of a search, and comes to an end whatever the server sends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .errors import BrokenAnswer, QueryRefused
from .records import Issue

MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    issues: list[Issue]
    next_token: str
    """Empty on the last page."""


def each_once(pages: Iterable[list[Issue]], limit: int | None = None) -> Iterator[list[Issue]]:
    """The pages without what an earlier one held; they are followed no further than needed."""
    seen: set[int] = set()
    for page in pages:
        fresh = [issue for issue in page if issue.id not in seen]
        fresh = fresh[: limit - len(seen)] if limit else fresh
        seen.update(issue.id for issue in fresh)
        yield fresh
        if limit and len(seen) >= limit:
            return


def follow(ask: Callable[[str], Page], host: str) -> Iterator[Page]:
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
