"""Every form of the product is sent what no person should type, one field at a time.

The answer is a sentence beside the field, with what was typed; nothing is changed, nothing breaks.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.okr.matrix import areas
from tests.okr.matrix.declaring import IN, SIGNED_IN, Declared
from tests.okr.matrix.forms import TYPED, Form, forms_of
from tests.okr.matrix.walking import answer
from tests.okr.matrix.world import World

pytestmark = pytest.mark.no_cover  # what it walks through is covered by the tests of each page

A_ROW = re.compile(r".*-[0-9]+-")
ANOTHER_ROW = re.compile(r".*-[1-9][0-9]*-")
DECLARED = areas.declared()
SENT = sorted(
    name
    for name, each in DECLARED.items()
    if "POST" in each.methods and any(each.posting(role, False) == IN for role in SIGNED_IN)
)
READ = sorted(name for name, each in DECLARED.items() if "GET" in each.methods)
FILLED = {
    "title": "Fewer calls", "name": "Larch", "words": "Well said", "comment": "Well said",
    "note": "Well said", "email": "new.person@larkspur.example", "retrospective": "Well done",
}  # fmt: skip
TOO_LONG = "far too long"
LONG = {"a null character": "bad\x00bad", TOO_LONG: "x" * 10_001}
NO_NUMBERS = {
    "words": "forty", "infinity": "Infinity", "not a number": "NaN", "beyond": "1e400",
    "digits": "9" * 400, "hexadecimal": "0x10", "two": "1.2.3", "Arabic": "٤٢", "power": "10²",
}  # fmt: skip
CHOSEN = {
    "a number of nothing": "2147483642", "too big a number": "99999999999999999999999999",
    "nothing": "", "a lone surrogate": b"a\xed\xa0\x80b",
}  # fmt: skip
ANYTHING = CHOSEN | {
    "emoji": "🚀" * 30, "right to left": "تحسين \u202eالجودة", "below zero": "-1",
    "markup": "<script>alert(1)</script>", "a template": "{{ 7|add:7 }}{% now 'Y' %}",
    "SQL": "'; DROP TABLE okr_person; --", "a list": "[1, 2]",
}  # fmt: skip
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
SENTENCE = re.compile(r'class="fault"|<error-summary|class="banner error"\s+role="alert"')
QUESTIONS = (
    "q", "cycle", "page", "open", "view", "sort", "format", "confidence", "unit", "tag", "depth",
    "parent", "level", "next", "role", "state", "fate", "show", "week", "owner", "token", "seen",
)  # fmt: skip


class Watch:
    """Whether a row was written since it began to look."""

    wrote = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.wrote = self.wrote or sql.lstrip().upper().startswith(WRITING)
        return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def _strict(world) -> Iterator[None]:
    with connection.execute_wrapper(only_what_every_database_takes):
        yield


def only_what_every_database_takes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """SQLite stores a null character without a word, PostgreSQL breaks on it: so does this."""
    rows = params if many else [params]
    for each in (value for row in rows or () for value in row or ()):
        assert not (isinstance(each, str) and "\x00" in each), f"A null character goes into {sql}"
    return execute(sql, params, many, context)


def allowed(name: str, world: World) -> str:
    """The session of somebody who is let in."""
    declared = DECLARED[name]
    for role in ("admin", "owner", "manager"):
        if declared.posting(role, False) == IN:
            return world.keys[role]
    raise AssertionError(f"Nobody is let in at {name}")


def address(name: str, declared: Declared, world: World) -> str:
    return reverse(name, kwargs={arg: world.pair(n).public for arg, n in declared.args.items()})


def snapshot(*labels: str) -> dict[str, list[Any]]:
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for label in labels or ("okr",)
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }


def bad_values(form: Form, name: str) -> Iterator[tuple[str, Any]]:
    if form.kinds[name] in ("text", "textarea", "search"):
        yield from LONG.items()
    if name in form.numeric:
        yield from NO_NUMBERS.items()
    yield from (ANYTHING if form.kinds[name] in TYPED else CHOSEN).items()


def must_be_refused(form: Form, name: str, what: str) -> bool:
    if A_ROW.match(name):  # a row without a title, or of another kind, is left out
        return False
    return what == TOO_LONG or (name in form.numeric and what in NO_NUMBERS)


def complaint(response: HttpResponse, form: Form, name: str, what: str, value: Any) -> str:
    """What is wrong with the answer; empty where it is as it should be."""
    code = response.status_code
    if code >= 500:
        return f"is answered by {code}"
    if code < 400:
        return "is taken" if must_be_refused(form, name, what) else ""
    if code not in (400, 404, 409, 422):
        return f"is answered by {code}"
    page = response.content.decode()
    if code == 422 and not SENTENCE.search(page):
        return "is refused without a sentence"
    kept = form.kinds[name] in ("text", "textarea", "search") and isinstance(value, str)
    if code == 422 and kept and "\x00" not in value and escape(value[:9_000]) not in page:
        return "is refused, and what was typed is lost"
    return ""


@pytest.mark.parametrize("name", SENT)
def test_no_field_breaks_and_none_is_silent(world, record_property, name):
    declared = DECLARED[name]
    key, url = allowed(name, world), address(name, declared, world)
    page = answer(key, "GET", url) if "GET" in declared.methods else None
    cells, wrong = 0, []
    before = snapshot()
    for form in forms_of(page.content.decode()) if page is not None else []:
        usual = {each: values for each, values in form.values.items() if values}
        usual |= {each: [FILLED[each]] for each in form.kinds if each in FILLED}
        for each in (name for name in form.kinds if not ANOTHER_ROW.match(name)):
            fitting = {"kind": ["milestones"]} if each.startswith("milestones-") else {}
            for what, value in bad_values(form, each):
                cells += 1
                point = transaction.savepoint()
                sent = usual | fitting | {each: [value]}
                with connection.execute_wrapper(watch := Watch()):
                    response = answer(key, "POST", url, sent, keep=True)
                told = complaint(response, form, each, what, value)
                refused = not told and response.status_code >= 400
                if refused and watch.wrote and snapshot() != before:
                    told = "is refused and changes something"
                transaction.savepoint_rollback(point)
                wrong += [f"{each}: {what} {told}"] if told else []
    record_property("cells", cells)
    assert not wrong, f"{url}\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", SENT)
def test_no_form_breaks_on_lists_or_on_nothing(world, name):
    declared = DECLARED[name]
    key, url = allowed(name, world), address(name, declared, world)
    page = answer(key, "GET", url) if "GET" in declared.methods else None
    forms = forms_of(page.content.decode()) if page is not None else [Form(kinds={"verb": ""})]
    for form in forms:
        twice = {each: ["1", "x", "\x00", "🚀"] for each in form.kinds}
        for sent in ({}, twice, {f"{each}[]": "1" for each in form.kinds}, {"version": "x" * 99}):
            assert answer(key, "POST", url, sent).status_code < 500, sent
    body = b"title=%ED%A0%80&name=%00&" + b"a=1&" * 20
    form_type = "application/x-www-form-urlencoded"
    assert answer(key, "POST", url, body, content_type=form_type).status_code < 500
    assert answer(key, "POST", url, b"{]", content_type="application/json").status_code < 500
    assert answer(key, "POST", url, b"--", content_type="multipart/form-data").status_code < 500


@pytest.mark.parametrize("name", READ)
def test_no_question_breaks_a_page(world, name):
    key, url = world.keys["admin"], address(name, DECLARED[name], world)
    for value in ("\x00", "9" * 30, "-1", "1e400", "²", "🚀", "[1,2]", "x" * 5_000):
        assert answer(key, "GET", url, dict.fromkeys(QUESTIONS, value)).status_code < 500, value
