"""What only OKR admins open."""

from tests.okr.matrix.declaring import ADMINS, route

ROUTES = {
    "okr:okr_admin": route("GET", ADMINS),
    "okr:audit": route("GET", ADMINS),
    "okr:company_tokens": route("GET POST", ADMINS),
    "okr:company_token_revoke": route("GET POST", ADMINS, pk="api_token"),
    "okr:policies": route("GET POST", ADMINS),
    "okr:integrations": route("GET", ADMINS),
}
