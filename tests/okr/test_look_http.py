"""One view answers a browser and htmx, each in its own way."""

import pytest
from django import forms
from django.http import HttpRequest
from django.test import RequestFactory

from okr.http import after, fitting_status, render_dialog, render_part
from okr.models import Person

HTMX = {"HX-Request": "true"}
RESTORED = {**HTMX, "HX-History-Restore-Request": "true"}


class Wish(forms.Form):
    text = forms.CharField()


def asked(person: Person, headers: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().get("/wish/", headers=headers or {})
    request.user = person
    return request


@pytest.mark.parametrize(("headers", "whole"), [({}, True), (HTMX, False), (RESTORED, True)])
def test_htmx_gets_the_fragment_and_everybody_else_the_page(ben, headers, whole):
    context = {"title": "Wish", "sentence": "Nothing here"}

    answer = render_part(asked(ben, headers), "404.html", "okr/_messages.html", context)

    assert ("<html" in answer.content.decode()) is whole
    assert "HX-Request" in answer["Vary"]


def test_a_dialog_is_a_page_of_its_own_without_htmx(ben):
    context = {"title": "A wish", "form": Wish()}

    page = render_dialog(asked(ben), "gallery/dialog.html", context).content.decode()
    part = render_dialog(asked(ben, HTMX), "gallery/dialog.html", context).content.decode()

    assert "<h1>A wish</h1>" in page
    assert "<html" not in part
    assert '<h2 id="dialog-title">A wish</h2>' in part
    for html in (page, part):
        assert 'name="text"' in html
        assert 'name="csrfmiddlewaretoken"' in html
        assert "Cancel" in html


def test_a_refused_form_is_422_and_the_title_says_so(ben):
    context = {"title": "A wish", "form": Wish({"text": ""})}

    for headers in ({}, HTMX):
        answer = render_dialog(asked(ben, headers), "gallery/dialog.html", context)
        assert answer.status_code == 422
        assert "<title>Error: A wish" in answer.content.decode()


@pytest.mark.parametrize(
    ("form", "status"), [(None, 200), (Wish(), 200), (Wish({}), 422), (Wish({"text": "a"}), 200)]
)
def test_the_status_follows_the_form(form, status):
    assert fitting_status({"form": form}) == status


def test_after_a_deed_the_browser_is_sent_on_by_its_own_means(ben):
    assert after(asked(ben), "/my/")["Location"] == "/my/"
    assert after(asked(ben, HTMX), "/my/")["HX-Redirect"] == "/my/"


@pytest.fixture(autouse=True)
def gallery_templates(settings):
    folder = settings.BASE_DIR / "tests" / "browser" / "templates"
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], folder]}]
