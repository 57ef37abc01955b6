"""How a person signs in, and where they are signed in, under Settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.factors import factors_of


@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    context = {"title": "Settings", "factors": factors_of(person_of(request))}
    return render(request, "okr/settings/security.html", context)
