"""Signing in and out, and what a person sets for themselves."""

from tests.okr.matrix.declaring import ANYBODY, EVERYBODY, route

ROUTES = {
    "account_login": route("GET POST", ANYBODY),
    "account_logout": route("GET POST", ANYBODY),
    "okr:settings": route("GET POST", EVERYBODY),
    "okr:settings_password": route("GET POST", EVERYBODY),
    "okr:appearance": route("POST", EVERYBODY),
}
