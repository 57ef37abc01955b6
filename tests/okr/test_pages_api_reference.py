"""The API for readers: every operation is found, and tells its fields and an example."""

import json

import pytest

from okr.pages.api_reference import operation, operations
from tests.cast import signed_in
from tests.okr.pages import text_of


@pytest.fixture
def window(ben):
    return signed_in(ben)


def test_every_operation_is_listed_and_leads_to_its_page(window):
    page = window.get("/api-reference/").content.decode()

    for each in operations():
        assert f'href="/api-reference/{each.name}/"' in page


def test_an_operation_is_found_by_what_it_does_by_its_address_or_by_a_field(window):
    for words in ("add an objective", "post /objectives/", "objectives visibility viewers"):
        assert "Add an objective" in text_of(window.get("/api-reference/", {"q": words}))
    assert "No operation matches" in text_of(window.get("/api-reference/?q=zzz"))


def test_each_page_tells_what_is_taken_and_told(window):
    for each in operations():
        page = window.get(f"/api-reference/{each.name}/")
        text = text_of(page)
        assert page.status_code == 200, each.name
        assert each.path in text
        assert f"curl -X {each.method.upper()}" in text
        assert f"the scope “{each.scope}”" in text
        for part in each.asked:
            assert all(field.name in text and field.kind for field in part.fields)


def test_an_example_is_a_body_with_all_that_is_required(window):
    told = operation("objectives_create")
    assert told is not None
    assert json.loads(told.body_example) == {"title": "…", "cycle": 1}
    assert "$TOKEN" in text_of(window.get("/api-reference/objectives_create/"))


def test_what_is_said_of_a_body_and_of_an_answer_stands_above_its_fields(window):
    page = window.get("/api-reference/objectives_create/").content.decode()

    assert "The same fields and rules as the form of the page." in page
    assert "<code>parent</code> and <code>supports</code> name only what" in page


def test_nothing_is_described_in_the_words_of_a_class_above_it():
    told = str(operations()[0].parts)

    assert "What somebody sends" not in told
    assert "What is told of" not in told


def test_what_is_not_there_is_not_found(window):
    assert window.get("/api-reference/nothing/").status_code == 404
