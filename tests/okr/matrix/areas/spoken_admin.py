"""The API of what OKR admins keep."""

from tests.okr.matrix.declaring import ADMINS, EVERYBODY, api

ROUTES = {
    "api:cycles": api("GET POST", EVERYBODY, ADMINS),
    "api:cycles_generation": api("POST", ADMINS),
    "api:cycle": api("GET PATCH DELETE", EVERYBODY, ADMINS, pk="cycle"),
    "api:cycle_closure": api("POST DELETE", ADMINS, pk="cycle"),
    "api:cycle_reminder": api("POST", ADMINS, pk="cycle"),
    "api:units": api("GET POST", EVERYBODY, ADMINS),
    "api:unit": api("GET PATCH DELETE", EVERYBODY, ADMINS, pk="unit"),
    "api:people": api("GET POST", EVERYBODY, ADMINS),
    "api:person": api("GET PATCH", EVERYBODY, ADMINS, pk="person"),
    "api:person_deactivation": api("POST DELETE", ADMINS, pk="person"),
    "api:person_invitation": api("POST", ADMINS, pk="person"),
}
