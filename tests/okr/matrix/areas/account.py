"""Signing in and out, and what a person sets for themselves."""

from django.utils import timezone

from okr.models import ApiToken, KeyResult
from tests.okr.matrix.declaring import ANYBODY, EVERYBODY, OWNER, UNSEEN, only, route

ROUTES = {
    "account_login": route("GET POST", ANYBODY),
    "account_logout": route("GET POST", ANYBODY),
    "mfa_authenticate": route("GET POST", ANYBODY),
    "account_reauthenticate": route("GET POST", only()),
    "mfa_reauthenticate": route("GET POST", only()),
    "mfa_index": route("GET", EVERYBODY),
    "mfa_activate_totp": route("GET POST", EVERYBODY),
    "mfa_deactivate_totp": route("GET POST", only(others=UNSEEN)),
    "mfa_view_recovery_codes": route("GET", only(others=UNSEEN)),
    "mfa_generate_recovery_codes": route("GET POST", EVERYBODY),
    "okr:settings": route("GET POST", EVERYBODY),
    "okr:settings_password": route("GET POST", EVERYBODY),
    "okr:settings_tokens": route("GET POST", EVERYBODY),
    "okr:settings_token_revoke": route("GET POST", OWNER, pk="api_token"),
    "okr:appearance": route("POST", EVERYBODY),
}


def token_of(key_result: KeyResult) -> int:
    owner = key_result.owner
    return ApiToken.objects.issue(owner, "Report", ["read"], by=owner, at=timezone.now())[0].pk


NOUNS = {"api_token": token_of}
