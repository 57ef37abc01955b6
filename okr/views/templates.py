"""Templates: found in the gallery, looked at, used for a new objective, and made from one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import get_editable, person_of, require_creator
from okr.forms.templates import BeginForm, SaveAsForm
from okr.http import after, render_dialog, render_part, sent
from okr.library import Blueprint, find, gallery
from okr.models import Objective, Visibility
from okr.models.template import READ_BY_ALL, Category
from okr.pages.takeaway_admin import gallery_sheet
from okr.views.choosing import asked, chosen_cycle, words


@require_safe
def templates(request: HttpRequest) -> HttpResponseBase:
    query, category = words(request, "q"), words(request, "category")
    blueprints = gallery(query, category)
    if exports.is_wanted(request):
        return exports.download(request, gallery_sheet(blueprints))
    context = {
        "title": "Templates",
        "query": query,
        "category": category,
        "categories": Category.choices,
        "blueprints": blueprints,
        "may_create": may_begin(request),
    }
    page, part = "okr/library/gallery.html", "okr/library/_gallery.html"
    return render_part(request, page, part, context)


def may_begin(request: HttpRequest) -> bool:
    """Not before there is a cycle to write an objective for."""
    cycle = chosen_cycle(request, timezone.localdate())
    return person_of(request).may_create_any and cycle is not None


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    blueprint = _named(key)
    context = {"title": blueprint.title, "blueprint": blueprint, "back": reverse("okr:templates")}
    context["may_create"] = may_begin(request)
    return render_dialog(request, "okr/library/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """A new objective from a template: everything can be changed before it is created."""
    person, blueprint = require_creator(request), _named(key)
    cycle = chosen_cycle(request, timezone.localdate())
    initial = {
        "cycle": cycle and cycle.pk,
        "title": blueprint.title,
        "description": blueprint.about,
    }
    form = BeginForm(
        sent(request),
        person=person,
        blueprint=blueprint,
        initial=initial | asked(request, "parent", "level"),
    )
    if request.method == "POST" and form.is_valid() and form.kept(at=timezone.now()):
        messages.success(request, f"“{form.instance}” is created.")
        return after(request, reverse("okr:objective", args=[form.instance.pk]))
    context = {"title": "New objective", "form": form, "blueprint": blueprint}
    context["back"] = reverse("okr:templates")
    return render_dialog(request, "okr/library/begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def save_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps an objective as a template for everybody."""
    objective = get_editable(request, Objective.objects.for_cards(), pk)
    if objective.visibility == Visibility.CONFIDENTIAL:
        raise PermissionDenied(READ_BY_ALL)
    form = SaveAsForm(sent(request))
    if request.method == "POST" and form.is_valid() and form.keep(objective, person_of(request)):
        messages.success(request, f"“{objective}” is a template now. Everybody can begin from it.")
        return after(request, reverse("okr:templates"))
    context = {"title": "Save as template", "form": form, "objective": objective}
    context["back"] = reverse("okr:objective", args=[pk])
    return render_dialog(request, "okr/library/save_as.html", context)


def _named(key: str) -> Blueprint:
    found = find(key)
    if found is None:
        raise Http404
    return found
