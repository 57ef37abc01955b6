"""OKRs as a file: everybody's, who plan and apply what they may."""

from tests.okr.matrix.declaring import EVERYBODY, api

ROUTES = {
    "api:okr_file": api("GET", EVERYBODY),
    "api:okr_file_plan": api("POST", EVERYBODY),
    "api:okr_file_apply": api("POST", EVERYBODY),
}
