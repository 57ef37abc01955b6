"""Where an OKR admin lets somebody in again who lost their second factors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from okr.access import require_admin
from okr.confirming import confirmed_recently
from okr.factors import remove_all
from okr.http import after, render_dialog
from okr.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    person = get_object_or_404(Person, pk=pk)
    back = reverse("okr:person", args=[pk])
    if request.method == "POST":
        remove_all(person)
        messages.success(request, f"The second factors of {person} are removed.")
        return after(request, back)
    context = {"title": f"Remove the second factors of {person}?", "who": person, "back": back}
    return render_dialog(request, "okr/people/factors.html", context)
