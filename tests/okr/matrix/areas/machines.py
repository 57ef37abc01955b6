"""What machines ask: they have no session."""

from tests.okr.matrix.declaring import ANYBODY, route

ROUTES = {
    "health_live": route("GET", ANYBODY),
    "health_ready": route("GET", ANYBODY),
}
