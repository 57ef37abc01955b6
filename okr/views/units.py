"""Where OKR admins keep the tree of units."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import require_admin
from okr.audit import noted
from okr.forms.units import UnitForm
from okr.http import after, render_dialog, sent
from okr.models import InTheWayError, Unit
from okr.pages.counting import listed
from okr.pages.takeaway_admin import units_sheet
from okr.pages.unit_list import unit_page
from okr.views.choosing import asked


@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    if exports.is_wanted(request):
        return exports.download(request, units_sheet())
    return render(
        request,
        "okr/units/units.html",
        {"title": "Units", "rows": unit_page(request.GET.get("page"))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = UnitForm(sent(request), initial=asked(request, "parent"))
    return _edited(request, form, "Add unit")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    form = UnitForm(sent(request), instance=_unit(request, pk))
    return _edited(request, form, "Edit unit")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    obstacles = unit.obstacles()
    if request.method == "POST" and not obstacles:
        try:
            with noted("units.deleted", unit):
                unit.remove()
        except InTheWayError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{unit} is deleted.")
        return after(request, reverse("okr:units"))
    context = {"unit": unit, "obstacles": listed(obstacles) if obstacles else ""}
    return _dialog(request, "okr/units/delete.html", title=f"Delete {unit}?", **context)


def _unit(request: HttpRequest, pk: int) -> Unit:
    require_admin(request)
    found: Unit = get_object_or_404(Unit, pk=pk)
    return found


def _edited(request: HttpRequest, form: UnitForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and form.kept():
        messages.success(request, f"{form.instance} is saved.")
        return after(request, reverse("okr:units"))
    return _dialog(request, "okr/units/form.html", title=title, form=form)


def _dialog(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return render_dialog(request, template, context | {"back": reverse("okr:units")})
