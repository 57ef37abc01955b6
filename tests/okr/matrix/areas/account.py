"""Signing in and out, and what a person sets for themselves."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from okr.models import ApiToken, KeyResult
from tests.okr.matrix.declaring import ANYBODY, EVERYBODY, OWNER, UNSEEN, only, route

ROUTES = {
    "account_login": route("GET POST", ANYBODY),
    "account_logout": route("GET POST", ANYBODY),
    "mfa_authenticate": route("GET POST", ANYBODY),
    "account_reauthenticate": route("GET POST", only()),
    "mfa_login_webauthn": route("GET POST", ANYBODY),
    "mfa_reauthenticate_webauthn": route("GET POST", only()),
    "mfa_add_webauthn": route("GET POST", EVERYBODY),
    "mfa_remove_webauthn": route("GET POST", OWNER, pk="passkey"),
    "mfa_reauthenticate": route("GET POST", only()),
    "mfa_index": route("GET", EVERYBODY),
    "mfa_activate_totp": route("GET POST", EVERYBODY),
    "mfa_deactivate_totp": route("GET POST", only(others=UNSEEN)),
    "mfa_view_recovery_codes": route("GET", only(others=UNSEEN)),
    "mfa_generate_recovery_codes": route("GET POST", EVERYBODY),
    "okr:settings_sign_out": route("POST", OWNER, pk="sign_in"),
    "okr:settings_sign_out_everywhere": route("POST", EVERYBODY),
    "okr:forgotten": route("GET POST", ANYBODY),
    "okr:settings": route("GET POST", EVERYBODY),
    "okr:settings_password": route("GET POST", EVERYBODY),
    "okr:api_reference": route("GET", EVERYBODY),
    "okr:api_operation": route("GET", EVERYBODY, name="operation"),
    "okr:settings_tokens": route("GET POST", EVERYBODY),
    "okr:settings_token_revoke": route("GET POST", OWNER, pk="api_token"),
    "okr:appearance": route("POST", EVERYBODY),
}


def token_of(key_result: KeyResult) -> int:
    owner = key_result.owner
    return ApiToken.objects.issue(owner, "Report", ["read"], by=owner, at=timezone.now())[0].pk


def sign_in_of(key_result: KeyResult) -> int:
    now, key = timezone.now(), f"of {key_result.pk}"
    made = {"began_at": now, "seen_at": now}
    return key_result.owner.sign_ins.get_or_create(session_key=key, defaults=made)[0].pk


def passkey_of(key_result: KeyResult) -> int:
    kept = {"name": "Laptop", "credential": {}}
    found = {"user": key_result.owner, "type": Authenticator.Type.WEBAUTHN}
    made: int = Authenticator.objects.get_or_create(**found, defaults={"data": kept})[0].pk
    return made


NOUNS = {
    "operation": lambda _: "objectives_create",
    "passkey": passkey_of,
    "api_token": token_of,
    "sign_in": sign_in_of,
}
