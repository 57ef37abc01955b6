"""Sends somebody to a SAML provider, with the request that its answer must name."""

from base64 import b64encode
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode
from zlib import compress

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.http import HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from okr.company_sign_in.arrival import LONGEST_NAME
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.openid import NotBelievedError
from okr.company_sign_in.saml.reading import house_of
from okr.company_sign_in.saml.shapes import Here, House, Proven
from okr.models import SignInProvider

HEAD, TAIL = 2, -4
"""Of zlib around the bare stream that the binding asks for."""


def here_for(request: HttpRequest, slug: str) -> Here:
    return Here(
        entity_id=request.build_absolute_uri(reverse("saml_metadata", args=[slug])),
        answers_to=request.build_absolute_uri(reverse("saml_acs", args=[slug])),
    )


def request_to(house: House, here: Here, **more: bool) -> tuple[str, str]:
    """Its name, and the address that carries it. `lasting` asks for a name that never changes,
    `again` for a new sign-in of whoever is signed in there."""
    name = f"_{token_hex(20)}"
    said = {"name": name, "house": house, "here": here, "now": timezone.now(), **more}
    text = render_to_string("okr/sign_in/authn_request.xml", said).encode()
    carried = urlencode({"SAMLRequest": b64encode(compress(text)[HEAD:TAIL]).decode()})
    return name, f"{house.sends_to}{'&' if '?' in house.sends_to else '?'}{carried}"


class CompanySAML(SAMLProvider):  # type: ignore[misc]
    """What allauth makes of somebody who was proven; the way there and back is our own."""

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        *,
        auth_params: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> HttpResponseRedirect:
        """Any `auth_params` mean that somebody is to sign in there again."""
        provider = SignInProvider.objects.get(slug=self.sub_id)
        try:
            house = house_of(provider)
        except ProviderError as error:
            raise NotBelievedError(str(error)) from None
        asks = {"lasting": not provider.subject_attribute, "again": bool(auth_params)}
        name, address = request_to(house, here_for(request, self.sub_id), **asks)
        self.stash_redirect_state(request, process, next_url, data, state_id=name, **kwargs)
        return HttpResponseRedirect(address)

    def sociallogin_from_response(self, request: HttpRequest, response: Proven) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.signed_in_at = response.signed_in_at
        login.called = " ".join(response.name.split())[:LONGEST_NAME]
        return login

    def extract_uid(self, data: Proven) -> str:
        return data.subject

    def extract_common_fields(self, data: Proven) -> dict[str, str]:
        """SAML does not say whether an address is verified."""
        return {"email": data.email}

    def serialize(self) -> dict[str, str]:
        """By the one name that no other provider has, while somebody enters a code."""
        return {"id": self.sub_id}

    def extract_extra_data(self, data: Proven) -> dict[str, str]:  # noqa: ARG002
        """Nothing: who somebody is stands with the person."""
        return {}
