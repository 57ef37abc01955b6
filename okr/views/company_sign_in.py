"""The way to an OpenID provider of the company, and back."""

from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okr.company_sign_in.adapter import failed
from okr.company_sign_in.openid import Exchange, NotBelievedError
from okr.models import SignInProvider
from okr.models.sign_in_provider import SignInKind


@never_cache
@login_not_required
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Nothing that stands in the address decides what is asked for, but where to go afterwards."""
    provider = _exchange(request, provider_id).get_provider()
    afterwards = get_next_redirect_url(request)
    try:
        return cast(
            "HttpResponse", provider.redirect(request, AuthProcess.LOGIN, next_url=afterwards)
        )
    except NotBelievedError as error:
        return failed(request, provider_id, error)


@never_cache
@login_not_required
@require_safe
def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    view = OAuth2CallbackView.adapter_view(_exchange(request, provider_id))
    try:
        return cast("HttpResponse", view(request))
    except NotBelievedError as error:
        return failed(request, provider_id, error)


def _exchange(request: HttpRequest, slug: str) -> Exchange:
    get_object_or_404(SignInProvider.objects.on(), slug=slug, kind=SignInKind.OPENID)
    return Exchange(request, slug)
