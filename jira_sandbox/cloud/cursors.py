"""Page tokens: each remembers what its query found, so that pages neither overlap nor repeat."""

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_urlsafe

MOST_OPEN = 500


@dataclass(frozen=True, slots=True)
class Cursor:
    jql: str
    ids: tuple[int, ...]


class Cursors:
    def __init__(self) -> None:
        self._open: OrderedDict[str, Cursor] = OrderedDict()

    def keep(self, jql: str, ids: list[int]) -> str:
        token = token_urlsafe(24)
        self._open[token] = Cursor(jql, tuple(ids))
        if len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)
        return token

    def find(self, token: str, jql: str) -> tuple[int, ...] | None:
        """What is left to serve; None when the token is unknown or belongs to another query."""
        cursor = self._open.get(token)
        return cursor.ids if cursor and cursor.jql == jql else None
