"""The way to an OpenID provider of the company, and back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okr.access import person_of
from okr.company_sign_in import confirming, ending
from okr.company_sign_in.adapter import failed
from okr.company_sign_in.answers import too_often
from okr.company_sign_in.openid import Exchange, NotBelievedError
from okr.confirming import other_ways, with_next
from okr.models import SignInProvider
from okr.models.sign_in_provider import SignInKind


@never_cache
@login_not_required
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Nothing that stands in the address decides what is asked for, but where to go afterwards."""
    if refusal := too_often(request):
        return refusal

    def sent() -> HttpResponse:
        provider = _exchange(request, provider_id).get_provider()
        afterwards = get_next_redirect_url(request)
        return cast(
            "HttpResponse", provider.redirect(request, AuthProcess.LOGIN, next_url=afterwards)
        )

    return _answered(request, provider_id, sent)


@never_cache
@login_not_required
@require_safe
def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    def returned() -> HttpResponse:
        exchange = _exchange(request, provider_id)
        answer = cast("HttpResponse", OAuth2CallbackView.adapter_view(exchange)(request))
        if exchange.id_token and answer.status_code == HTTPStatus.FOUND:
            ending.remember(request, exchange)
        return answer

    return _answered(request, provider_id, returned)


@never_cache
@require_safe
def confirm(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page of its own: a form that was sent must not be answered by leading elsewhere."""
    provider = _known(request, provider_id)
    afterwards = get_next_redirect_url(request) or reverse("okr:home")
    there = reverse("confirm_at_provider_begin", args=[provider_id])
    context = {
        "title": "Is it you?",
        "provider": provider,
        "reauthentication_alternatives": other_ways(request, afterwards),
        "begins_at": with_next(there, afterwards),
    }
    return render(request, "account/confirm_at_provider.html", context)


@never_cache
@require_safe
def begin_confirming(request: HttpRequest, provider_id: str) -> HttpResponse:
    _known(request, provider_id)
    return _answered(
        request, provider_id, lambda: confirming.begin(request, provider_id, person_of(request))
    )


def _exchange(request: HttpRequest, slug: str) -> Exchange:
    get_object_or_404(SignInProvider.objects.on(), slug=slug, kind=SignInKind.OPENID)
    return Exchange(request, slug)


def _known(request: HttpRequest, slug: str) -> SignInProvider:
    """One that may vouch for the person again."""
    found = confirming.providers_of(person_of(request))
    provider = next((each for each in found if each.slug == slug), None)
    if provider is None:
        raise Http404
    return provider


def _answered(request: HttpRequest, slug: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return answer()
    except NotBelievedError as error:
        return failed(request, slug, error)
