"""The API: the same people as on the pages, and 401 without a session or token."""

from tests.okr.matrix.declaring import ANYBODY, EDITORS, EVERYBODY, READERS, api

ROUTES = {
    "api:description": api("GET", ANYBODY),
    "api:objectives": api("GET POST", EVERYBODY),
    "api:objective": api("GET PATCH DELETE", READERS, EDITORS, pk="objective"),
    "api:key_results": api("GET POST", EVERYBODY),
    "api:key_result": api("GET PATCH DELETE", READERS, EDITORS, pk="key_result"),
    "api:check_ins": api("GET POST", READERS, EDITORS, pk="key_result"),
}
