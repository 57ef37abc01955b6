"""Offers objectives to a picker while one types: what another may stand under, or support."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.forms.objective_picker import NUMBERED, alignable, possible_parents, possibly_supported
from okr.models import Objective
from okr.views.choosing import number, words

MOST = 20


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """The first matches in the cycle of the form, for the objective that it is about."""
    box = request.headers.get("HX-Trigger", "objective")
    typed = words(request, request.headers.get("HX-Trigger-Name", "q"))
    if NUMBERED.search(typed):
        typed = ""  # one is chosen already: offer the others too
    person, cycle = person_of(request), number(request, "cycle")
    about = Objective.objects.visible_to(person).filter(pk=number(request, "of") or 0).first()
    about = about or Objective()
    offered = possibly_supported if request.GET.get("among") == "supported" else possible_parents
    rows = offered(about, alignable(about, person, cycle)).called(typed)[:MOST]
    context = {"objectives": rows.select_related("owner", "unit"), "words": typed, "box": box}
    return render(request, "okr/forms/objective_options.html", context)
