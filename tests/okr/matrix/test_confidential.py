"""What is confidential leaks nowhere: Cleo, who may not see it, reads every page of the product.

Each page is searched for the word that everything confidential begins with, and is read once more
after the confidential objective was deleted: what she reads must be the same to the letter.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from django.db import models, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from okr.models import KeyResult, Objective
from tests.okr.matrix import areas
from tests.okr.matrix.declaring import Declared
from tests.okr.matrix.furnishing import Furnished, furnish
from tests.okr.matrix.walking import answer
from tests.okr.matrix.world import CANARY, World

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each page

DECLARED = areas.declared()
READ = sorted(name for name, each in DECLARED.items() if "GET" in each.methods)
SENT = sorted(name for name, each in DECLARED.items() if "POST" in each.methods)
MASKED = re.compile(
    r'name="(csrfmiddleware)?token" value="[\w-]+"|"X-CSRFToken": "\w+"|X-Request-ID: \w+'
    r'|value="[A-Z2-7]{32}"|<path d="M4 4h1v1h-1z[^"]*"|"challenge": "[^"]*"'
    r'|"request":"\w+"|RateLimit-Reset: \d+'
)
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def furnished(built: World) -> Furnished:
    with time_machine.travel(timezone.now(), tick=False):
        return furnish(built)


@pytest.fixture
def house(db, furnished) -> Iterator[Furnished]:
    """At a moment that stands still, so that a page read twice says the same."""
    with time_machine.travel(furnished.at, tick=False):
        yield deepcopy(furnished)


def addresses(name: str, declared: Declared, *about: KeyResult) -> list[str]:
    nouns, found = areas.nouns(), []
    for each in about:
        args = {arg: nouns[noun](each) for arg, noun in declared.args.items()}
        found.append(reverse(name, kwargs=args))
    return list(dict.fromkeys(found))


def questions(house: Furnished, declared: Declared) -> list[str]:
    """What a reader may ask a page for; a list more than the page of one thing."""
    hidden, cycle = house.secret.objective, house.world.cycle
    tag = hidden.tags.all()[0]
    named = f"?parent={hidden.pk}&key_result={house.secret.pk}&objective={hidden.pk}"
    if "pk" in declared.args:
        return ["", named]
    return [
        "",
        named,
        "?q=takeover",
        "?q=signed&view=list",
        f"?view=list&tag={tag.pk}&confidence=off_track",
        f"?open={house.world.top.pk},{hidden.pk}&cycle={cycle.pk}",
        "?format=csv",
        "?format=xlsx",
        "?format=csv&view=list&q=takeover",
    ]


def words_of(response: HttpResponse) -> str:
    """The body and the headers; of a spreadsheet what is packed in it."""
    body = response.getvalue()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as sheet:
            parts = [sheet.read(each) for each in sheet.namelist() if "docProps" not in each]
        body = b"".join(parts)
    heads = " ".join(
        f"{key}: {value}" for key, value in response.items() if key != "Content-Length"
    )
    return MASKED.sub("", f"{response.status_code} {heads} {body.decode(errors='replace')}")


def read(house: Furnished, url: str) -> list[str]:
    """The page; and where nothing is asked of it, what htmx gets."""
    heads = ({},) if "?" in url else ({}, HTMX)
    return [words_of(answer(house.key, "GET", url, headers=head)) for head in heads]


@pytest.mark.parametrize("name", READ)
def test_no_page_names_it(house, record_property, name):
    every = (house.public, house.secret, house.mine, house.below, house.moved)
    urls = [
        url + question
        for url in addresses(name, DECLARED[name], *every)
        for question in questions(house, DECLARED[name])
    ]
    leaking = [url for url in urls if any(CANARY in words for words in read(house, url))]
    record_property("cells", len(urls))
    assert not leaking, f"The confidential objective is named at {', '.join(leaking)}"


def told_apart(url: str, before: list[str], after: list[str]) -> list[str]:
    """The first line of a page that is another without the secret."""
    pairs = zip(before, after, strict=True)
    lines = [zip(old.splitlines(), new.splitlines(), strict=False) for old, new in pairs]
    differing = [f"{url}: {old} | {new}" for page in lines for old, new in page if old != new]
    return differing[:1] or [url] * (before != after)


@pytest.mark.parametrize("name", READ)
def test_every_page_reads_as_if_it_were_not_there(house, record_property, name):
    urls = [
        url + question
        for url in addresses(name, DECLARED[name], house.public, house.mine)
        for question in questions(house, DECLARED[name])
    ]
    before = {url: read(house, url) for url in urls}
    house.burn()
    differing = [each for url in urls for each in told_apart(url, before[url], read(house, url))]
    record_property("cells", 2 * len(urls))
    assert not differing, "\n".join(["Something about it can be read:", *differing])


def foreign(house: Furnished) -> dict[str, object]:
    """A form as Cleo would fill it, in which every reference is to what she may not see."""
    hidden, number, day = house.secret.objective_id, house.secret.pk, "2031-05-04"
    numbers = ("key_result", "key_results", "assigned_from", "choice", "milestone")
    names = ("parent", "objective", "objectives", "supports", "carry", "close", "template", "pk")
    return {
        **dict.fromkeys(names, hidden),
        **dict.fromkeys(numbers, number),
        "title": "Mine", "name": "Mine", "words": "Hello", "comment": "Hello", "note": "Hello",
        "cycle": house.world.cycle.pk, "owner": house.reader.pk, "weight": "1", "value": "5",
        "viewers": [house.reader.pk], "visibility": "public", "level": "individual",
        "kind": "percent", "start": "0", "target": "100", "confidence": "on_track",
        "starts_on": day, "ends_on": "2031-08-04", "score": "0.5", "retrospective": "Hello",
        "outcome": "continue", "rating": "3", "verb": "submit", "theme": "dark", "version": "1",
    }  # fmt: skip


def touching(house: Furnished) -> dict[str, object]:
    """Everything that hangs on the confidential objective and its key result, and what they say."""
    found: dict[str, object] = {}
    for row in (house.secret.objective, house.secret):
        model = type(row)
        found[model.__name__] = model._default_manager.filter(pk=row.pk).values().first()
        for relation in model._meta.related_objects:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: row.pk})
            found[f"{model.__name__}.{relation.name}"] = sorted(rows.values_list("pk", flat=True))
    return found


@pytest.mark.parametrize("name", SENT)
def test_no_form_reaches_it(house, record_property, name):
    urls = addresses(name, DECLARED[name], house.public, house.secret, house.mine)
    before, key, sent = touching(house), house.key, foreign(house)
    for url in urls:
        for head in ({}, HTMX):
            point = transaction.savepoint()
            response = answer(key, "POST", url, sent, headers=head, keep=True)
            assert response.status_code < 500, url
            assert CANARY not in words_of(response), url
            assert touching(house) == before, url
            transaction.savepoint_rollback(point)
    record_property("cells", 2 * len(urls))


def test_the_word_is_found_where_it_may_be_read(house):
    """So that a search that finds nothing means something."""
    house.role = "viewer"
    assert isinstance(Objective._meta.get_field("tags"), models.ManyToManyField)
    for url in (f"/objectives/{house.secret.objective_id}/", "/company/", "/company/?format=xlsx"):
        assert CANARY in read(house, url)[0], url
