"""A page of a search by tokens; pages without what an earlier one held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .records import Issue


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
