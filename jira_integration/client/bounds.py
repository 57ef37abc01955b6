"""Keeps a query within chosen projects, whatever stands in it: by cutting it, never by guessing.

The order is cut off before the rest is put into parentheses. Whatever could end them early, an odd
quote or a parenthesis too many, is refused; what comes back is checked once more by its project.
"""

import re
from collections.abc import Collection

from atlassian.client import QueryRefused

PIECE = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<open>\()|(?P<close>\))"""
    r"""|(?P<space>\s+)|(?P<word>[^\s"'()\\]+)""",
    re.DOTALL,
)
FIELD = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,"'()=<>!~|&\\]+)"""
SORT = rf"{FIELD}(?:\s+(?:asc|desc))?"
SORTS = re.compile(rf"\s*{SORT}(?:\s*,\s*{SORT})*\s*", re.IGNORECASE | re.DOTALL)

OPEN_QUOTE = "This JQL has a quotation mark that is never closed."
OPEN_PARENTHESIS = "This JQL has a parenthesis that is never closed."
ODD_PARENTHESIS = "This JQL closes a parenthesis that it did not open."
BACKSLASH = "This JQL has a backslash outside quotation marks. Put those words in quotation marks."
ODD_ORDER = "What follows ORDER BY in this JQL is no list of fields."
NO_PROJECT = "No project is chosen that may be linked. Ask an OKR admin."


def within(jql: str, projects: Collection[int]) -> str:
    """The query for these projects only, by their ids. Raises QueryRefused with a sentence."""
    if not projects:
        raise QueryRefused(messages=[NO_PROJECT])
    condition, order = split_order(jql)
    limit = f"project in ({', '.join(map(str, sorted(projects)))})"
    whole = f"{limit} AND ({condition})" if condition else limit
    return f"{whole} ORDER BY {order}" if order else whole


def split_order(jql: str) -> tuple[str, str]:
    """The condition and the fields of ORDER BY, either of which may be empty.

    Raises QueryRefused where quotes or parentheses are not balanced.
    """
    pieces = _pieces(jql)
    depth, before = 0, None
    for kind, start, end in pieces:
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth < 0:
            raise QueryRefused(messages=[ODD_PARENTHESIS])
        word = jql[start:end].lower() if kind == "word" else ""
        if depth == 0 and word == "by" and before and before[0] == "order":
            return _checked(jql[: before[1]], jql[end:])
        if kind != "space":
            before = (word, start)
    if depth:
        raise QueryRefused(messages=[OPEN_PARENTHESIS])
    return jql.strip(), ""


def _checked(condition: str, order: str) -> tuple[str, str]:
    if not SORTS.fullmatch(order):
        raise QueryRefused(messages=[ODD_ORDER])
    return condition.strip(), order.strip()


def _pieces(jql: str) -> list[tuple[str, int, int]]:
    """Kind, beginning and end of each piece; a backslash only means something within quotes."""
    pieces, at = [], 0
    while at < len(jql):
        match = PIECE.match(jql, at)
        if match is None:
            raise QueryRefused(messages=[BACKSLASH if jql[at] == "\\" else OPEN_QUOTE])
        pieces.append((match.lastgroup or "", at, match.end()))
        at = match.end()
    return pieces
