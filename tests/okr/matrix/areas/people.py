"""People and units, and the files that bring them."""

from django.utils import timezone

from okr.models import Person, Role, Upload
from tests.cast import make_unit
from tests.okr.matrix.declaring import ADMINS, EVERYBODY, UNSEEN, only, route

UPLOADER = only("admin", others=UNSEEN)
ROUTES = {
    "okr:people_options": route("GET", EVERYBODY),
    "okr:people": route("GET", ADMINS),
    "okr:people_selected": route("GET POST", ADMINS, act="act"),
    "okr:person": route("GET", ADMINS, pk="person"),
    "okr:person_new": route("GET POST", ADMINS),
    "okr:person_edit": route("GET POST", ADMINS, pk="person"),
    "okr:person_deactivate": route("GET POST", ADMINS, pk="person"),
    "okr:person_reactivate": route("GET POST", ADMINS, pk="person"),
    "okr:person_invite": route("GET POST", ADMINS, pk="person"),
    "okr:units": route("GET", ADMINS),
    "okr:unit_new": route("GET POST", ADMINS),
    "okr:unit_edit": route("GET POST", ADMINS, pk="unit"),
    "okr:unit_delete": route("GET POST", ADMINS, pk="empty_unit"),
    "okr:import": route("GET POST", ADMINS, slug="shape"),
    "okr:import_template": route("GET", ADMINS, slug="shape"),
    "okr:import_check": route("GET", UPLOADER, pk="upload"),
    "okr:import_confirm": route("POST", UPLOADER, pk="upload"),
    "okr:import_rejected": route("GET", UPLOADER, pk="upload"),
}


def an_upload() -> int:
    by = Person.objects.get(role=Role.OKR_ADMIN)
    made = {"shape": "people", "file_name": "people.csv", "made_at": timezone.now(), "lines": []}
    upload = Upload.objects.filter(by=by).first() or Upload.objects.create(by=by, **made)
    return int(upload.pk)


NOUNS = {
    "act": lambda _key_result: "move",
    "shape": lambda _key_result: "people",
    "empty_unit": lambda _key_result: make_unit("Empty").pk,
    "upload": lambda _key_result: an_upload(),
}
