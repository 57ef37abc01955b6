"""Lets a person choose light, dark, or what their system says."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from okr.access import person_of
from okr.http import after
from okr.models import Person
from okr.models.person import Theme


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        return HttpResponseBadRequest("There is no such theme.", content_type="text/plain")
    Person.objects.filter(pk=person_of(request).pk).update(theme=theme)
    return after(request, _way_back(request))


def _way_back(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else reverse("okr:my")
