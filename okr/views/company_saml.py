"""The way to a SAML provider of the company, and back in two steps."""

from http import HTTPStatus
from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from okr.company_sign_in.adapter import app_of, failed
from okr.company_sign_in.answers import too_often
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.openid import NotBelievedError
from okr.company_sign_in.saml.asking import CompanySAML, here_for
from okr.company_sign_in.saml.carrying import carried, carry, drop
from okr.company_sign_in.saml.gate import prove
from okr.company_sign_in.saml.reading import house_of
from okr.company_sign_in.saml.shapes import Proven, Wanted
from okr.models import SignInProvider
from okr.models.sign_in_provider import SignInKind


@never_cache
@login_not_required
@require_safe
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing that stands in the address decides what is asked for, but where to go afterwards."""
    if refusal := too_often(request):
        return refusal
    speaker = CompanySAML(request, app_of(_provider(slug)))
    afterwards = get_next_redirect_url(request)
    try:
        return speaker.redirect(request, AuthProcess.LOGIN, next_url=afterwards)
    except NotBelievedError as error:
        return failed(request, slug, error)


@never_cache
@login_not_required
@csrf_exempt  # posted from the provider's site; the signature proves it, and the request it names
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Nobody is signed in here: the browser keeps back whose session it is."""
    found = _provider(slug)
    wanted = Wanted(found.subject_attribute, found.email_attribute)
    sent = request.POST.get("SAMLResponse", "")
    try:
        proven = prove(sent, house_of(found), here_for(request, slug), wanted)
    except ProviderError as error:
        return failed(request, slug, error)
    response = redirect("saml_finish_acs", slug)
    response.status_code = HTTPStatus.SEE_OTHER
    carry(response, slug, proven)
    return response


@never_cache
@login_not_required
@require_safe
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    found = _provider(slug)
    proven = carried(request, slug)
    response = _sign_in(request, found, proven) if proven else failed(request, slug, "no answer")
    drop(response)
    return response


@login_not_required
@require_safe
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """How the product describes itself to the provider; there before the provider is on."""
    found = get_object_or_404(SignInProvider, slug=slug, kind=SignInKind.SAML)
    said = {"here": here_for(request, slug), "lasting": not found.subject_attribute}
    kind = "application/samlmetadata+xml"
    return render(request, "okr/sign_in/metadata.xml", said, content_type=kind)


def _sign_in(request: HttpRequest, provider: SignInProvider, proven: Proven) -> HttpResponse:
    """Only where this session asked, and once."""
    speaker = CompanySAML(request, app_of(provider))
    try:
        state = speaker.unstash_redirect_state(request, proven.asked_by)
    except PermissionDenied:
        return failed(request, provider.slug, "answers no request of this session")
    arriving = speaker.sociallogin_from_response(request, proven)
    arriving.state = state
    return cast("HttpResponse", complete_social_login(request, arriving))


def _provider(slug: str) -> SignInProvider:
    return get_object_or_404(SignInProvider.objects.on(), slug=slug, kind=SignInKind.SAML)
