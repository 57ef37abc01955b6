"""The API of numbers and of what they are made of: whoever sees a thing sees how it stands."""

from tests.okr.matrix.declaring import EVERYBODY, READERS, api

ROUTES = {
    "api:key_result_standing": api("GET", READERS, pk="key_result"),
    "api:measurements": api("GET", READERS, pk="key_result"),
    "api:key_result_changes": api("GET", READERS, pk="key_result"),
    "api:objective_changes": api("GET", READERS, pk="objective"),
    "api:objective_standing": api("GET", READERS, pk="objective"),
    "api:alignment": api("GET", EVERYBODY),
    "api:mine": api("GET", EVERYBODY, cycle="cycle"),
    "api:dashboard": api("GET", EVERYBODY, cycle="cycle"),
    "api:search": api("GET", EVERYBODY),
    "api:objectives_file": api("GET", EVERYBODY, cycle="cycle"),
    "api:mine_file": api("GET", EVERYBODY, cycle="cycle"),
    "api:teams_file": api("GET", EVERYBODY, cycle="cycle"),
    "api:unit_review_file": api("GET", EVERYBODY, cycle="cycle", unit="unit"),
    "api:dashboard_file": api("GET", EVERYBODY, cycle="cycle"),
    "api:history_file": api("GET", READERS, pk="key_result"),
}
