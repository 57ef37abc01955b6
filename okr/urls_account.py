"""Where people sign in and out, and what they prove it by. All else that allauth has stays closed.

The names are the library's own: its steps lead from one to the next by them.
"""

from functools import wraps
from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okr.company_sign_in.offered import is_company_only, offers
from okr.confirming import confirmed_recently
from okr.http import fitting_status
from okr.sign_ins import renew
from okr.views import company_saml, company_sign_in
from okr.views.passkeys import AddPasskey, ConfirmByPasskey, RemovePasskey, SignInByPasskey
from okr.views.security import security
from okr.views.sign_out import SignOut

CONFIRM = "confirm/"
SECURITY = "settings/security/"
AT_PROVIDER = f"{CONFIRM}at/<slug:provider_id>/"
OPENID = "sign-in/openid/<slug:provider_id>/"
SAML = "sign-in/saml/<slug:slug>/"


def page(view: Any, title: str, **more: Any) -> Any:
    """One of the library's pages under a title of ours, kept by no browser."""
    shown = view.as_view(extra_context={"title": title} | more)

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(shown)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = shown(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.status_code = fitting_status(response.context_data or {})
        elif request.method == "POST" and request.path.startswith(f"/{CONFIRM}"):
            renew(request)
        return response

    return answered


urlpatterns = [
    path(
        "sign-in/",
        page(LoginView, "Sign in", providers=offers, company_only=is_company_only),
        name="account_login",
    ),
    path("sign-in/code/", page(AuthenticateView, "One more step"), name="mfa_authenticate"),
    path(f"{OPENID}begin/", company_sign_in.begin, name="openid_connect_login"),
    path(f"{OPENID}callback/", company_sign_in.finish, name="openid_connect_callback"),
    path(f"{SAML}begin/", company_saml.begin, name="saml_login"),
    path(f"{SAML}answer/", company_saml.answer, name="saml_acs"),
    path(f"{SAML}finish/", company_saml.finish, name="saml_finish_acs"),
    path(f"{SAML}metadata/", company_saml.metadata, name="saml_metadata"),
    path("sign-in/passkey/", page(SignInByPasskey, "Sign in"), name="mfa_login_webauthn"),
    path("sign-out/", page(SignOut, "Sign out"), name="account_logout"),
    path(CONFIRM, page(ReauthenticateView, "Is it you?"), name="account_reauthenticate"),
    path(f"{CONFIRM}code/", page(CodeAgainView, "Is it you?"), name="mfa_reauthenticate"),
    path(
        f"{CONFIRM}passkey/",
        page(ConfirmByPasskey, "Is it you?"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(AT_PROVIDER, company_sign_in.confirm, name="confirm_at_provider"),
    path(
        f"{AT_PROVIDER}begin/", company_sign_in.begin_confirming, name="confirm_at_provider_begin"
    ),
    path(SECURITY, security, name="mfa_index"),
    path(
        f"{SECURITY}app/",
        confirmed_recently(page(ActivateTOTPView, "Settings")),
        name="mfa_activate_totp",
    ),
    path(
        f"{SECURITY}app/removal/", page(DeactivateTOTPView, "Settings"), name="mfa_deactivate_totp"
    ),
    path(
        f"{SECURITY}codes/", page(ViewRecoveryCodesView, "Settings"), name="mfa_view_recovery_codes"
    ),
    path(
        f"{SECURITY}codes/new/",
        page(GenerateRecoveryCodesView, "Settings"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SECURITY}passkeys/new/",
        confirmed_recently(page(AddPasskey, "Settings")),
        name="mfa_add_webauthn",
    ),
    path(
        f"{SECURITY}passkeys/<int:pk>/",
        page(RemovePasskey, "Settings"),
        name="mfa_remove_webauthn",
    ),
]
