"""What only OKR admins open."""

from tests.okr.matrix.declaring import ADMINS, route

ROUTES = {
    "okr:okr_admin": route("GET", ADMINS),
    "okr:integrations": route("GET", ADMINS),
}
