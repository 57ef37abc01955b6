"""Teams, the dashboard and the other pictures."""

from tests.okr.matrix.declaring import EVERYBODY, route

ROUTES = {
    "okr:teams": route("GET", EVERYBODY),
    "okr:team": route("GET", EVERYBODY, slug="unit_slug"),
}
