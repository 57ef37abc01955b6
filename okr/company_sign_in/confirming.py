"""Lets somebody who came by a provider of the company prove there that it is still they."""

from time import time
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from okr import sign_ins
from okr.company_sign_in.errors import TurnedAwayError
from okr.company_sign_in.openid import Exchange
from okr.models import Person, SignInProvider

METHOD = "socialaccount"
"""allauth's word for a provider, among the ways in which somebody proved who they are."""
LEEWAY_SECONDS, ARRIVING_SECONDS, JUST_SECONDS = 60, 300, 3_600
AGAIN = {"prompt": "login", "max_age": "0"}
SOMEBODY_ELSE = (
    "Whoever signed in at {provider} is not who is signed in here. Sign out here, then in again."
)
NOT_ASKED = (
    "{provider} did not ask you to sign in again. Sign out there, then try again;"
    " or add an authenticator app or a passkey here, and prove it by that."
)


def providers_of(person: Person) -> list[SignInProvider]:
    """Those that are on and know the person."""
    known = SocialAccount.objects.filter(user_id=person.pk).values("provider")
    return list(SignInProvider.objects.on().filter(slug__in=known))


def came_by_a_provider(request: HttpRequest, person: Person) -> bool:
    """Whether the latest thing that proved who it is was a provider."""
    records = get_authentication_records(request, person)
    return bool(records) and records[-1]["method"] == METHOD


def keep_time(request: HttpRequest, person: Person, login: SocialLogin) -> None:
    """When somebody who comes by a provider signed in there, where it tells."""
    *before, last = get_authentication_records(request, person)
    told = {"signed_in_at": getattr(login, "signed_in_at", None)}
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*before, last | told]


def is_proof(record: dict[str, Any]) -> bool:
    """A provider lets in whoever is signed in there and asks them nothing, so that coming by it
    proves who somebody is only where they have just signed in there."""
    at = record.get("signed_in_at")
    is_new = isinstance(at, int | float) and at >= record["at"] - ARRIVING_SECONDS
    return bool(is_new or record["method"] != METHOD)


def has_just_come(request: HttpRequest, person: Person) -> bool:
    """By one that is on, so that it is sure to work."""
    slugs = {provider.slug for provider in providers_of(person)}
    since = time() - JUST_SECONDS
    return any(
        record["method"] == METHOD and record["provider"] in slugs and record["at"] > since
        for record in get_authentication_records(request, person)
    )


def ways(person: Person) -> list[dict[str, str]]:
    """As allauth describes a way to prove it."""
    return [
        {
            "id": f"company:{provider.slug}",
            "description": f"Use {provider}",
            "url": reverse("confirm_at_provider", args=[provider.slug]),
        }
        for provider in providers_of(person)
    ]


def begin(request: HttpRequest, slug: str, person: Person) -> HttpResponse:
    """The provider is to ask for the password again, whoever is signed in there."""
    answer: HttpResponse = (
        Exchange(request, slug)
        .get_provider()
        .redirect(
            request,
            AuthProcess.REDIRECT,
            next_url=get_next_redirect_url(request),
            auth_params=dict(AGAIN),
            confirms=person.pk,
            asked_at=time(),
        )
    )
    return answer


def is_asked(login: SocialLogin) -> bool:
    return "confirms" in login.state


def finish(request: HttpRequest, login: SocialLogin, person: Person) -> HttpResponse:
    """Raises TurnedAwayError where it was somebody else, or nobody was asked there."""
    here: Any = request.user
    told = {"provider": SignInProvider.objects.get(slug=login.account.provider)}
    if not (here.pk == person.pk == login.state["confirms"]):
        raise TurnedAwayError("is not who is signed in here", SOMEBODY_ELSE.format(**told))
    if not _is_fresh(login):
        raise TurnedAwayError("was not asked again", NOT_ASKED.format(**told))
    vouched = {"provider": login.account.provider, "uid": login.account.uid}
    record_authentication(request, person, METHOD, reauthenticated=True, **vouched)
    sign_ins.renew(request)
    return redirect(login.state.get("next") or "okr:home")


def _is_fresh(login: SocialLogin) -> bool:
    """A provider that keeps the time to itself is believed to have done what it was asked."""
    at = getattr(login, "signed_in_at", None)
    if at is None:
        return True
    return isinstance(at, int | float) and at >= login.state["asked_at"] - LEEWAY_SECONDS
