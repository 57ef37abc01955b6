"""The way to an OpenID provider of the company, and back."""

from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from okr.company_sign_in.adapter import failed
from okr.company_sign_in.openid import Exchange, NotBelievedError


@never_cache
@login_not_required
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Nothing that stands in the address decides what is asked for, but where to go afterwards."""
    try:
        provider = Exchange(request, provider_id).get_provider()
        afterwards = get_next_redirect_url(request)
        return cast(
            "HttpResponse", provider.redirect(request, AuthProcess.LOGIN, next_url=afterwards)
        )
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except NotBelievedError as error:
        return failed(request, provider_id, error)


@never_cache
@login_not_required
@require_safe
def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        view = OAuth2CallbackView.adapter_view(Exchange(request, provider_id))
        return cast("HttpResponse", view(request))
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except NotBelievedError as error:
        return failed(request, provider_id, error)
