"""The API of what OKR admins keep."""

from tests.okr.matrix.declaring import ADMINS, EVERYBODY, OWNER, READERS, api

ROUTES = {
    "api:cycles": api("GET POST", EVERYBODY, ADMINS),
    "api:cycles_generation": api("POST", ADMINS),
    "api:cycle": api("GET PATCH DELETE", EVERYBODY, ADMINS, pk="cycle"),
    "api:cycle_closure": api("POST DELETE", ADMINS, pk="cycle"),
    "api:cycle_reminder": api("POST", ADMINS, pk="cycle"),
    "api:cycle_unsaid": api("GET", ADMINS, pk="cycle"),
    "api:cycle_retrospectives": api("POST", ADMINS, pk="cycle"),
    "api:cycle_unfinished": api("GET", ADMINS, pk="cycle"),
    "api:cycle_carrying": api("POST", ADMINS, pk="cycle"),
    "api:me": api("GET PATCH", EVERYBODY),
    "api:preferences": api("GET PATCH", EVERYBODY),
    "api:own_tokens": api("GET", EVERYBODY),
    "api:own_token": api("DELETE", OWNER, pk="api_token"),
    "api:tokens": api("GET", ADMINS),
    "api:token": api("DELETE", ADMINS, pk="api_token"),
    "api:policies": api("GET PATCH", ADMINS),
    "api:audit": api("GET", ADMINS),
    "api:tags": api("GET POST", EVERYBODY, ADMINS),
    "api:tag": api("GET PATCH DELETE", READERS, ADMINS, pk="tag"),
    "api:tag_merge": api("POST", ADMINS, pk="tag"),
    "api:own_templates": api("GET POST", ADMINS),
    "api:own_template": api("GET PATCH DELETE", ADMINS, pk="template"),
    "api:units": api("GET POST", EVERYBODY, ADMINS),
    "api:unit": api("GET PATCH DELETE", EVERYBODY, ADMINS, pk="unit"),
    "api:people": api("GET POST", EVERYBODY, ADMINS),
    "api:person": api("GET PATCH", EVERYBODY, ADMINS, pk="person"),
    "api:person_deactivation": api("POST DELETE", ADMINS, pk="person"),
    "api:person_invitation": api("POST", ADMINS, pk="person"),
}
