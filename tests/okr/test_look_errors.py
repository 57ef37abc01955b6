"""Where a page cannot be shown, a sentence says why and where to go."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.test import Client, RequestFactory

from okr.views import errors
from tests.cast import signed_in

HTMX = {"HX-Request": "true"}


def test_a_refusal_says_why_and_offers_a_way_back(ben):
    answer = signed_in(ben).get("/okr-admin/integration/")

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "This page is for OKR admins. If you need it, ask an OKR admin." in html
    assert "Back to My OKRs" in html


def test_htmx_is_told_in_a_sentence(ben):
    answer = signed_in(ben).get("/okr-admin/integration/", headers=HTMX)

    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith("This page is for OKR admins.")


def test_a_refusal_without_words_has_ours(ben):
    request = RequestFactory().get("/")
    request.user = ben

    assert errors.REFUSED in errors.refused(request, PermissionDenied()).content.decode()


def test_an_unknown_address_says_no_more_than_that(ben):
    for client in (signed_in(ben), Client()):
        answer = client.get("/objectives/none-such/")
        assert answer.status_code == 404
        assert errors.NOT_FOUND in answer.content.decode()


def test_a_form_that_waited_too_long_says_so(ben):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)

    answer = client.post("/appearance/", {"theme": "dark"})

    assert answer.status_code == 403
    assert errors.STALE_FORM in answer.content.decode()


class Nobody:
    """A user whose every attribute would ask the broken database."""

    def __getattr__(self, name: str) -> Any:
        raise DatabaseError("the database is gone")


def test_a_breakdown_is_told_without_database_or_session():
    request = RequestFactory().get("/my/")
    request.user = Nobody()  # type: ignore[assignment]

    answer = errors.broken(request)

    assert answer.status_code == 500
    assert errors.BROKEN in answer.content.decode()
    assert "okr/css/all.css" in answer.content.decode()
