"""Teams, the dashboard and the other pictures: what is in them depends on who looks."""

from tests.okr.matrix.declaring import EVERYBODY, only, route

ROUTES = {
    "okr:teams": route("GET", EVERYBODY),
    "okr:team": route("GET", EVERYBODY, slug="unit_slug"),
    "okr:team_remind": route("GET POST", only("manager", "admin"), slug="unit_slug"),
    "okr:dashboard": route("GET", EVERYBODY),
    "okr:map": route("GET", EVERYBODY),
    "okr:unit_review": route("GET", EVERYBODY, cycle="cycle", slug="unit_slug"),
}
