"""What we ask of allauth where a provider of the company vouches for somebody."""

from typing import Any, NoReturn

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from okr.audit import noted
from okr.company_sign_in import confirming
from okr.company_sign_in.answers import not_signed_in
from okr.company_sign_in.arrival import Arrival
from okr.company_sign_in.errors import TurnedAwayError
from okr.models import Person, SignInProvider
from okr.sealing import SealError

logger = structlog.get_logger(__name__)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002
        provider: str = "",
        client_id: str = "",
    ) -> list[SocialApp]:
        """Those that are on, never from allauth's own table, where a secret would lie open."""
        found = SignInProvider.objects.on()
        if provider:
            found = found.filter(slug=provider)
        apps = map(app_of, found)
        return [app for app in apps if not client_id or app.client_id == client_id]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def get_requests_session(self) -> NoReturn:
        raise NotImplementedError("What leaves the server goes through okr.company_sign_in.calls.")

    def serialize_instance(self, instance: Model) -> dict[str, Any]:
        """What waits in the session for a second factor: of a person only who it is."""
        told: dict[str, Any] = (
            {"pk": instance.pk}
            if isinstance(instance, Person)
            else super().serialize_instance(instance)
        )
        return told

    def deserialize_instance(self, model: type[Model], told: dict[str, Any]) -> Model:
        usual = super().deserialize_instance
        found: Model = Person.objects.get(**told) if model is Person else usual(model, told)
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever comes back is one of our people, or is told why not. Their token is done with."""
        sociallogin.token = None
        provider = SignInProvider.objects.get(slug=sociallogin.account.provider)
        addresses = sociallogin.email_addresses
        first = addresses[0] if addresses else None
        arrival = Arrival(
            provider,
            sociallogin.account.uid,
            first.email if first else "",
            is_verified=bool(first and str(first.verified).lower() == "true"),
            name=getattr(sociallogin, "called", ""),
        )
        try:
            sociallogin.user = arrival.person()
            if confirming.is_asked(sociallogin):
                raise ImmediateHttpResponse(
                    confirming.finish(request, sociallogin, sociallogin.user)
                )
        except TurnedAwayError as away:
            self._turn_away(request, arrival, away)

    def _turn_away(self, request: HttpRequest, arrival: Arrival, away: TurnedAwayError) -> NoReturn:
        with noted("sign_in.turned_away", arrival.provider, always=True) as note:
            note.say(email=arrival.email or "without an address", reason=away.reason)
        raise ImmediateHttpResponse(not_signed_in(request, away.sentence))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str = "",
        exception: Exception | None = None,
        extra_context: Any = None,  # noqa: ARG002
    ) -> NoReturn:
        """Whoever cancels is back where they began."""
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(redirect("account_login"))
        raise ImmediateHttpResponse(failed(request, str(provider), exception or error))


def failed(request: HttpRequest, provider: str, reason: object) -> HttpResponse:
    """The log knows why; whoever waits at the door needs not."""
    logger.warning("company sign-in failed", provider=provider, reason=str(reason))
    return not_signed_in(request)


def app_of(provider: SignInProvider) -> SocialApp:
    """As allauth knows it; never saved."""
    return SocialApp(
        provider=provider.kind,
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.client_id,
        secret=_secret_of(provider),
        settings={"issuer": provider.issuer},
    )


def _secret_of(provider: SignInProvider) -> str:
    """Empty where no key opens it: then the provider refuses, and the log tells why."""
    try:
        return provider.secret
    except SealError as error:
        logger.warning("company sign-in failed", provider=provider.name, reason=str(error))
        return ""
