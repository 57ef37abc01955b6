"""Answers that serve a browser and htmx alike, so that every page works without JavaScript.

A part of a page that htmx replaces is a fragment, and the page includes that fragment:

    return render_part(request, "okr/company.html", "okr/_company.html", {"tree": tree})

A dialog is one template; without htmx it is a page of its own at the same URL:

    form = ObjectiveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return after(request, form.save().get_absolute_url())
    return render_dialog(request, "okr/objective_form.html", {"title": …, "form": form})

The template of a dialog extends the shell that it is given: `{% extends dialog %}`.
A bound form that is answered again is invalid: its status is 422, which htmx shows.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

Context = dict[str, Any]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, which may be nothing; None where it is only asked for."""
    return request.POST if request.method == "POST" else None


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment; a page restored from its history is wanted whole."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def render_part(
    request: HttpRequest, page: str, fragment: str, context: Context, status: int | None = None
) -> HttpResponse:
    """The whole page, or only its fragment when htmx asks."""
    template = fragment if wants_part(request) else page
    response = render(request, template, context, status=status or fitting_status(context))
    patch_vary_headers(response, ("HX-Request",))
    return response


def render_dialog(
    request: HttpRequest, template: str, context: Context, status: int | None = None
) -> HttpResponse:
    """A dialog when htmx asks, else the same form as a page. `context` needs a `title`."""
    shell = "okr/_dialog.html" if wants_part(request) else "okr/_dialog_page.html"
    return render_part(request, template, template, {"dialog": shell} | context, status)


def after(request: HttpRequest, url: str) -> HttpResponse:
    """Where to go when something is done."""
    return HttpResponseClientRedirect(url) if wants_part(request) else redirect(url)


def beneath(request: HttpRequest, url: str) -> HttpResponse:
    """The page that the dialog lies over, anew and where it was scrolled to; without htmx `url`."""
    return HttpResponseClientRefresh() if wants_part(request) else redirect(url)


def fitting_status(context: Context) -> HTTPStatus:
    form = context.get("form")
    refused = form is not None and form.is_bound and not form.is_valid()
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
