"""What machines ask: they have no session. The numbers are there for nobody unless switched on."""

from dataclasses import replace

from tests.okr.matrix.declaring import ANYBODY, UNSEEN, only, route

ROUTES = {
    "health_live": route("GET", ANYBODY),
    "health_ready": route("GET", ANYBODY),
    "metrics": replace(route("GET", only(others=UNSEEN)), open=True),
}
