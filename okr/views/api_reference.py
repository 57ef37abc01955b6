"""The API for readers: all operations, searched by words, and each with its fields."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okr.http import render_part
from okr.pages import api_reference
from okr.views.choosing import words


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    query = words(request, "q")
    context = {
        "title": "API reference",
        "query": query,
        "groups": api_reference.found(query),
        "address": settings.PUBLIC_ADDRESS,
        "pace": settings.API_REQUESTS_A_MINUTE,
    }
    page, part = "okr/reference/reference.html", "okr/reference/_operations.html"
    return render_part(request, page, part, context)


@require_safe
def operation(request: HttpRequest, name: str) -> HttpResponse:
    found = api_reference.operation(name)
    if found is None:
        raise Http404
    context = {
        "title": found.summary,
        "operation": found,
        "curl": found.curl(settings.PUBLIC_ADDRESS),
    }
    return render(request, "okr/reference/operation.html", context)
