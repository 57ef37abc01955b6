"""Teams, the dashboard and the other pictures: what is in them depends on who looks."""

from tests.okr.matrix.declaring import EVERYBODY, route

ROUTES = {
    "okr:teams": route("GET", EVERYBODY),
    "okr:team": route("GET", EVERYBODY, slug="unit_slug"),
    "okr:dashboard": route("GET", EVERYBODY),
    "okr:map": route("GET", EVERYBODY),
    "okr:unit_review": route("GET", EVERYBODY, cycle="cycle", slug="unit_slug"),
}
