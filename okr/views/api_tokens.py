"""The tokens that a person made for scripts, or that act as them: listed, made and revoked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.access import person_of
from okr.confirming import confirmed_recently
from okr.forms.api_tokens import ApiTokenForm
from okr.http import fitting_status, sent
from okr.models import ApiToken
from okr.models.api_token import ApiTokenQuerySet
from okr.views.revoking import revoked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def tokens(request: HttpRequest) -> HttpResponse:
    """A new one stands in the answer to its form, and nowhere else ever after."""
    person, now = person_of(request), timezone.now()
    form, told = ApiTokenForm(sent(request), by=person), ""
    if request.method == "POST" and form.is_valid():
        told = form.keep(now)
        form = ApiTokenForm(by=person)
    context = {"title": "Settings", "form": form, "tokens": _own(request), "told": told, "now": now}
    return render(request, "okr/settings/tokens.html", context, status=fitting_status(context))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    return revoked(request, _own(request), pk, reverse("okr:settings_tokens"))


def _own(request: HttpRequest) -> ApiTokenQuerySet:
    return ApiToken.objects.kept().filter(person=person_of(request))
