"""OpenID Connect as allauth does it, with every ID token proven and every call guarded."""

from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from okr.company_sign_in.arrival import LONGEST_NAME
from okr.company_sign_in.calls import Told, get_json, post_form
from okr.company_sign_in.discovery import Discovery, discover
from okr.company_sign_in.errors import ProviderError
from okr.company_sign_in.proving import nonce_of, prove, vouches_for_address


class NotBelievedError(OAuth2Error):  # type: ignore[misc]
    """A ProviderError where allauth looks for one of its own."""


class TokenClient(OAuth2Client):  # type: ignore[misc]
    def get_access_token(
        self,
        code: str,
        pkce_code_verifier: str = "",
        extra_data: Any = None,  # noqa: ARG002
    ) -> Told:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback_url,
            "code_verifier": pkce_code_verifier,
            "client_id": self.consumer_key,
        }
        own = (self.consumer_key, self.consumer_secret) if self.basic_auth else None
        if not self.basic_auth:
            fields["client_secret"] = self.consumer_secret
        return post_form(self.access_token_url, fields, own)


class Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One way there and back. Every ProviderError leaves it as one of allauth's."""

    client_class = TokenClient
    nonce = id_token = ""

    @cached_property
    def discovery(self) -> Discovery:
        try:
            return discover(self.get_provider().app.settings["issuer"])
        except ProviderError as error:
            raise NotBelievedError(str(error)) from None

    @property
    def authorize_url(self) -> str:
        return self.discovery.address("authorization_endpoint")

    @property
    def access_token_url(self) -> str:
        return self.discovery.address("token_endpoint")

    @property
    def basic_auth(self) -> bool:
        return self.discovery.asks_by_header

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str = ""
    ) -> Told:
        self.nonce = nonce_of(pkce_code_verifier)
        try:
            told: Told = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except ProviderError as error:
            raise NotBelievedError(str(error)) from None
        if not isinstance(told.get("access_token"), str):
            raise NotBelievedError("sent no access token")
        return told

    def parse_token(self, data: Told) -> SocialToken:
        """Not kept: it is asked with once."""
        return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            claims = self._claims(app, token, kwargs["response"])
        except ProviderError as error:
            raise NotBelievedError(str(error)) from None
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.signed_in_at = claims.get("auth_time")
        login.called = " ".join(str(claims.get("name") or "").split())[:LONGEST_NAME]
        return login

    def _claims(self, app: SocialApp, token: SocialToken, response: Told) -> Told:
        """Of the ID token; the person's address may stand elsewhere, under the same subject."""
        claims = prove(
            response.get("id_token"),
            self.discovery.keys,
            issuer=self.discovery.issuer,
            client_id=app.client_id,
            nonce=self.nonce,
        )
        self.id_token = str(response["id_token"])
        if claims.get("email") or not self.discovery.told.get("userinfo_endpoint"):
            return claims
        asked = {"Authorization": f"Bearer {token.token}"}
        further = get_json(self.discovery.address("userinfo_endpoint"), asked)
        if further.get("sub") != claims["sub"]:
            raise ProviderError("told of somebody else")
        return further | claims


class CompanyOpenID(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Exchange

    def get_pkce_params(self) -> dict[str, str]:
        made: dict[str, str] = generate_code_challenge()
        return made | {"nonce": nonce_of(made["code_verifier"])}

    def serialize(self) -> dict[str, str]:
        """By the one name that no other provider has, while somebody enters a code."""
        return {"id": self.sub_id}

    def extract_email_addresses(self, data: Told) -> list[EmailAddress]:
        found: list[EmailAddress] = super().extract_email_addresses(data)
        for each in found:
            each.verified = each.verified and vouches_for_address(data["id_token"])
        return found

    def extract_extra_data(self, data: Told) -> Told:  # noqa: ARG002
        """Nothing: who somebody is stands with the person."""
        return {}
