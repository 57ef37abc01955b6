"""Offers Organizational Units to a picker while one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.models.unit import SEPARATOR, paths
from okr.views.choosing import words

MOST = 20


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """The first whose path has each of the words; among those that the person leads, or all."""
    box = request.headers.get("HX-Trigger", "unit")
    typed = words(request, request.headers.get("HX-Trigger-Name", "q"))
    wanted = [] if SEPARATOR in typed else typed.casefold().split()  # a path was chosen already
    person, offered = person_of(request), paths()
    if request.GET.get("among") == "led" and not person.is_okr_admin:
        led = person.leads.values_list("pk", flat=True)
        offered = {pk: offered[pk] for pk in led}
    found = [
        (pk, path)
        for pk, path in sorted(offered.items(), key=lambda each: each[1])
        if all(word in path.casefold() for word in wanted)
    ]
    context = {"units": found[:MOST], "words": typed, "box": box}
    return render(request, "okr/forms/unit_options.html", context)
