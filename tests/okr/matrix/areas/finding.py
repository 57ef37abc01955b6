"""The search, which answers everybody with what they may see."""

from tests.okr.matrix.declaring import EVERYBODY, route

ROUTES = {
    "okr:search": route("GET", EVERYBODY),
    "okr:search_suggestions": route("GET", EVERYBODY),
}
