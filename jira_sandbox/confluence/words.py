"""How the wiki's index takes text apart, and what `~` finds of it.

Atlassian, "Text Tokenisation and Filtering": lower case, and common words are left out of the index
and of queries; "Performing text searches using CQL": all words in any order, stars, phrases.
"""

import re
from collections.abc import Callable

COMMON = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into"),
        *("is", "it", "no", "not", "of", "on", "or", "such", "that", "the", "their", "then"),
        *("there", "these", "they", "this", "to", "was", "will", "with"),
    }
)
"""Of Lucene, for English, which is the language of a wiki where nobody chose another."""
WORD, ASKED = re.compile(r"\w+"), re.compile(r"\w+\*?")


def indexed(text: str) -> list[str]:
    return _kept(WORD.findall(text.casefold()))


def pattern(value: str) -> Callable[[list[str]], bool]:
    """All words in any order, each as a beginning where it ends with a star; in quotation marks
    all of them in this order. Of common words alone nothing is found."""
    wanted = _kept(ASKED.findall(value.casefold()))
    if value.startswith('"'):
        return lambda words: (
            bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))
        )
    return lambda words: bool(wanted) and all(_has(words, each) for each in wanted)


def _kept(words: list[str]) -> list[str]:
    return [word for word in words if word not in COMMON]


def _has(words: list[str], wanted: str) -> bool:
    if wanted.endswith("*"):
        return any(word.startswith(wanted[:-1]) for word in words)
    return wanted in words
