"""OKRs as a file: everybody's, who plan and apply what they may; a plan is its person's own."""

from django.utils import timezone

from okr.models import FilePlan
from tests.okr.matrix.declaring import EVERYBODY, OWNER, api, route


def make_plan(key_result):
    owner = key_result.objective.owner
    told = {"digest": "0" * 32, "steps": [], "left": 0, "text": "", "removing": False}
    return FilePlan.objects.create(by=owner, made_at=timezone.now(), **told).pk


ROUTES = {
    "okr:okr_file": route("GET POST", EVERYBODY),
    "okr:okr_file_download": route("GET", EVERYBODY),
    "okr:okr_file_plan": route("GET", OWNER, pk="file_plan"),
    "okr:okr_file_confirm": route("POST", OWNER, pk="file_plan"),
    "api:okr_file": api("GET", EVERYBODY),
    "api:okr_file_plan": api("POST", EVERYBODY),
    "api:okr_file_apply": api("POST", EVERYBODY),
}
NOUNS = {"file_plan": make_plan}
