"""Signing out here leaves somebody signed in at the provider: how to end that too."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from okr.company_sign_in.openid import Exchange
from okr.models import SignInProvider
from okr.sealing import SealError, seal, unseal

MARK = "company_way_out"
OWNER = ["ID token"]


@dataclass(frozen=True, slots=True)
class WayOut:
    provider: SignInProvider
    address: str


def remember(request: HttpRequest, exchange: Exchange) -> None:
    """For as long as the session lasts, where the provider tells an address to sign out at."""
    address = exchange.discovery.told.get("end_session_endpoint")
    if isinstance(address, str) and address.startswith(("https://", "http://")):
        kept = seal(exchange.id_token, OWNER)
        request.session[MARK] = [exchange.get_provider().app.provider_id, address, kept]


def way_out(request: HttpRequest) -> WayOut | None:
    """By a link: the provider is asked to end what it began with this ID token."""
    slug, address, kept = request.session.get(MARK, ("", "", ""))
    provider = SignInProvider.objects.on().filter(slug=slug).first()
    if provider is None:
        return None
    try:
        told = {"id_token_hint": unseal(kept, OWNER), "client_id": provider.client_id}
    except SealError:
        return None
    return WayOut(provider, f"{address}{'&' if '?' in address else '?'}{urlencode(told)}")
