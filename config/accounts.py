"""What is asked of allauth: signing in by password, by second factors, and through providers."""

from typing import Any

LIMITS = {
    "login_failed": "5/15m/key,20/15m/ip",
    "reset_password": "20/m/ip",
    "reset_password_of": "3/h/key",
    "company_sign_in": "120/m/ip",
}


def account_settings() -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "okr.sign_in.AccountAdapter",
        "ACCOUNT_FORMS": {
            "login": "okr.sign_in.SignInForm",
            "reauthenticate": "okr.forms.factors.PasswordAgainForm",
        },
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_RATE_LIMITS": LIMITS,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 15 * 60,
        **_second_factors(),
        **_providers(),
    }


def _second_factors() -> dict[str, Any]:
    """Addresses need no proof, as admins enter them; a clock may be half a minute off."""
    return {
        "MFA_ADAPTER": "okr.factors.FactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_RATE_LIMITS": {"webauthn_login": "60/m/ip"},
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_FORMS": {
            "authenticate": "okr.forms.factors.CodeForm",
            "reauthenticate": "okr.forms.factors.CodeAgainForm",
            "activate_totp": "okr.forms.factors.AppForm",
            "add_webauthn": "okr.forms.passkeys.NewPasskeyForm",
            "authenticate_webauthn": "okr.forms.passkeys.PasskeyForm",
            "login_webauthn": "okr.forms.passkeys.PasskeyAloneForm",
            "reauthenticate_webauthn": "okr.forms.passkeys.PasskeyAgainForm",
        },
    }


def _providers() -> dict[str, Any]:
    """Which ones there are stands in the database; nobody signs up through them by themselves."""
    return {
        "SOCIALACCOUNT_ADAPTER": "okr.company_sign_in.adapter.SocialAccountAdapter",
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"provider_class": "okr.company_sign_in.openid.CompanyOpenID"},
            "saml": {"provider_class": "okr.company_sign_in.saml.asking.CompanySAML"},
        },
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
    }
