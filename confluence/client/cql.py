"""From what a person typed to a query of Confluence's search, whatever stands in it."""

import re

SPECIAL = re.compile(r"[^\w\s.@'’-]+")
SMALL_WORDS = """a an and are as at be but by for if in into is it no not of on or such that the
their then there these they this to was will with"""
SMALL = frozenset(SMALL_WORDS.split())
"""The index leaves these out, so that a page would never be found by one of them."""
MOST_WORDS, LONGEST_WORD = 12, 60
BY_MOMENT = "ORDER BY lastmodified DESC"
PAGES = "type = page"


def pages_with(words: str) -> str:
    """Pages whose title has all the words, the last one maybe not typed to its end; without words
    those that were edited last.

    In capitals AND, OR and NOT would be operators, also within quotation marks.
    """
    kept = [word.strip(".-'’")[:LONGEST_WORD] for word in SPECIAL.sub(" ", words).lower().split()]
    kept = [word for word in kept if word]
    kept = ([word for word in kept if word not in SMALL] or kept)[:MOST_WORDS]
    each = [f'title ~ "{word}"' for word in kept[:-1]]
    each += [f'(title ~ "{word}" OR title ~ "{word}*")' for word in kept[-1:]]
    return f"{' AND '.join([PAGES, *each])} {BY_MOMENT}"


def page_titled(space: str, title: str) -> str:
    return f"{PAGES} AND space = {quoted(space)} AND title = {quoted(title)}"


def quoted(text: str) -> str:
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'
