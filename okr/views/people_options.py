"""Offers people to a person picker while one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.forms.choosing import possible_owners
from okr.forms.person_picker import IN_BRACKETS
from okr.models import Person
from okr.models.people import PersonQuerySet
from okr.views.choosing import words

MOST = 20


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """The first matches of `among`: everybody who is active, or one's own line."""
    box = request.headers.get("HX-Trigger", "person")
    typed = words(request, request.headers.get("HX-Trigger-Name", "q"))
    if IN_BRACKETS.search(typed):
        typed = ""  # somebody is chosen already: offer the others too
    people = _among(request).known_as(typed).select_related("unit").order_by("name", "id")[:MOST]
    context = {"people": people, "words": typed, "box": box}
    return render(request, "okr/forms/person_options.html", context)


def _among(request: HttpRequest) -> PersonQuerySet:
    if request.GET.get("among") == "line":
        people: PersonQuerySet = possible_owners(person_of(request), None)  # type: ignore[assignment]
        return people
    everybody: PersonQuerySet = Person.objects.active()
    return everybody
