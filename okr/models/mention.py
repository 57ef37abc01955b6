"""Finds the people whom a text mentions as @Name; the text itself stays plain."""

import re
from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from itertools import islice

from django.db import models

from okr.models.follow import Follow
from okr.models.notification import Notification
from okr.models.person import Person
from okr.models.place import thing_of
from okr.models.preference import Occasion
from okr.models.readers import able_to_see

SIGN = re.compile(r"(?<![\w@])@(?=\w)")
WORD = re.compile(r"\w+\.?")
MOST_WORDS = 6
MOST_MENTIONS = 20
LONGEST_NAME = 120


def mentioned(text: str) -> list[Person]:
    """Everybody of those names who is still here; where two share one, both."""
    names = known_names([text])
    said = {name for _, name in pieces(text, names)} - {""}
    return list(Person.objects.active().filter(name__in=said)) if said else []


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Those names of people that the texts mention, in one query for any number of texts."""
    asked = {name for text in texts for name in _candidates(text)}
    if not asked:
        return frozenset()
    return frozenset(Person.objects.filter(name__in=asked).values_list("name", flat=True))


def pieces(text: str, names: Set[str]) -> Iterator[tuple[str, str]]:
    """The text cut where somebody is mentioned: (words, "") or ("@Name", name)."""
    end = 0
    for sign in _signs(text):
        name = _longest(text, sign.end(), names)
        if name and sign.start() >= end:
            yield text[end : sign.start()], ""
            end = sign.end() + len(name)
            yield text[sign.start() : end], name
    yield text[end:], ""


def tell_mentioned(text: str, about: models.Model, *, by: Person, at: datetime, key: str) -> None:
    """Tells those mentioned who may see the thing, and lets them follow it."""
    thing = thing_of(about)
    people = able_to_see((each for each in mentioned(text) if each != by), thing)
    if people and thing:
        Follow.objects.begin(people, thing)
        Notification.objects.tell(
            people, Occasion.MENTION, about=about, by=by, at=at, words=text, key=key
        )


def _candidates(text: str) -> Iterator[str]:
    """Every run of words after an @ that could be a name."""
    for sign in _signs(text):
        yield from (text[sign.end() : end] for end in _ends(text, sign.end()))


def _signs(text: str) -> Iterator[re.Match[str]]:
    return islice(SIGN.finditer(text), MOST_MENTIONS)


def _longest(text: str, start: int, names: Set[str]) -> str:
    found = (text[start:end] for end in _ends(text, start))
    return max((name for name in found if name in names), key=len, default="")


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a name that starts here could end: after each word, with or without its full stop."""
    line = text.find("\n", start)
    until = min(start + LONGEST_NAME, len(text) if line < 0 else line)
    for word in islice(WORD.finditer(text, start, until), MOST_WORDS):
        yield word.end()
        if word.group().endswith("."):
            yield word.end() - 1
