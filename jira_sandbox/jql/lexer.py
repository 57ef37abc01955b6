"""Cutting a query into words, strings and signs."""

import re
from dataclasses import dataclass
from enum import StrEnum

from jira_sandbox.jql.errors import JqlError


class Sort(StrEnum):
    WORD = "word"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`at` counts characters from 1, as people do."""

    sort: Sort
    value: str
    at: int

    def says(self, *words: str) -> bool:
        return self.sort is Sort.WORD and self.value.casefold() in words

    def signs(self, *signs: str) -> bool:
        return self.sort is Sort.SIGN and self.value in signs


PATTERN = re.compile(
    r"""
      \s*(?:
        (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<sign>!=|!~|<=|>=|&&|\|\||[=~<>(),!])
      | (?P<word>cf\[\d+\]|[^\s"'()=!~<>,&|\[\]{}*/%^$\#@;?]+(?:/[\d/]+[\d:]*)?)
      )
    """,
    re.VERBOSE,
)


def read_tokens(query: str) -> list[Token]:
    tokens: list[Token] = []
    at, end = 0, len(query.rstrip())
    while at < end:
        match = PATTERN.match(query, at)
        if match is None:
            raise JqlError(_unreadable(query, at))
        tokens.append(_token(match))
        at = match.end()
    return [*tokens, Token(Sort.END, "", end + 1)]


def _token(match: re.Match[str]) -> Token:
    sort = Sort(match.lastgroup or Sort.WORD)
    value = match.group(sort)
    if sort is Sort.TEXT:
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    return Token(sort, value, match.start(sort) + 1)


def _unreadable(query: str, at: int) -> str:
    rest = query[at:].lstrip()
    place = len(query) - len(rest) + 1
    if rest[0] in "\"'":
        return f"JQL: the quotation that begins at character {place} has no end."
    return (
        f"JQL: the character '{rest[0]}' at {place} is reserved. "
        "Put the words that contain it in quotation marks."
    )
