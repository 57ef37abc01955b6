"""Follows the pages of a search by offset, and notices when they move while it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from atlassian.client import MOST_PAGES, BrokenAnswer

from .records import Issue


@dataclass(frozen=True, slots=True)
class Slice:
    """`names` holds the id of every row, also of those that cannot be read as an issue."""

    issues: list[Issue]
    names: list[str]
    start: int
    most: int
    """How many rows the server puts on a page, whatever was asked for."""
    total: int


AskSlice = Callable[[int, int], Slice]


def walk(ask: AskSlice, size: int, host: str) -> Iterator[list[Issue]]:
    """Every page, in one pass or two.

    An issue that changes its place between two pages pushes another one out of sight: then the
    reading begins again, once, and an answer that still promises more than it gave is no answer.
    """
    seen: set[str] = set()
    for _ in range(2):
        counted, promised = 0, 0
        for page in _pass(ask, size, host):
            seen.update(page.names)
            counted, promised = counted + len(page.names), max(promised, page.total)
            yield page.issues
        if promised <= len(seen) and counted == promised:
            return
    if len(seen) < promised:
        raise BrokenAnswer(host=host, reason="pages that do not add up")


def _pass(ask: AskSlice, size: int, host: str) -> Iterator[Slice]:
    start = 0
    for _ in range(MOST_PAGES):
        page = ask(start, size)
        if page.start != start:
            raise BrokenAnswer(host=host, reason="another page than was asked for")
        yield page
        start += len(page.names)
        if start >= page.total:
            return
        if not page.names:
            raise BrokenAnswer(host=host, reason="an empty page before the last")
        size = min(page.most or size, size, page.total - start)
    raise BrokenAnswer(host=host, reason="pages without end")
