"""The admin's list of integrations; each one brings its own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from okr import slots
from okr.access import require_admin


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    return redirect("okr:integrations")


@require_safe
def integrations(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    entries = slots.ask("integrations.list", request)
    return render(request, "okr/integrations.html", {"title": "Integration", "entries": entries})
