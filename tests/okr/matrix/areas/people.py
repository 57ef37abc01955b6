"""Who works here, what is imported, and the first way in."""

from django.utils import timezone

from okr.invitations import link_of
from okr.models import Person, Role, Upload
from tests.okr.matrix.declaring import ADMINS, ANYBODY, EVERYBODY, UNSEEN, only, route

OWN = only("admin", others=UNSEEN)


def make_upload(_):
    admin = Person.objects.get(role=Role.OKR_ADMIN)
    made = {"file_name": "people.csv", "made_at": timezone.now(), "lines": []}
    return Upload.objects.get_or_create(shape="people", by=admin, defaults=made)[0].pk


def make_token(_):
    guest = Person.objects.filter(email="guest@larkspur.example").first()
    guest = guest or Person.objects.join(email="guest@larkspur.example", name="Gita Guest")
    if guest.invited_at is None:
        guest.invite(timezone.now())
    return link_of(guest).rstrip("/").rpartition("/")[2]


ROUTES = {
    "okr:people": route("GET", ADMINS),
    "okr:people_selected": route("GET POST", ADMINS, act="act"),
    "okr:person": route("GET", ADMINS, pk="person"),
    "okr:person_new": route("GET POST", ADMINS),
    "okr:person_edit": route("GET POST", ADMINS, pk="person"),
    "okr:person_deactivate": route("GET POST", ADMINS, pk="person"),
    "okr:person_reactivate": route("GET POST", ADMINS, pk="person"),
    "okr:person_factors": route("GET POST", ADMINS, pk="person"),
    "okr:person_invite": route("GET POST", ADMINS, pk="person"),
    "okr:units": route("GET", ADMINS),
    "okr:unit_new": route("GET POST", ADMINS),
    "okr:unit_edit": route("GET POST", ADMINS, pk="unit"),
    "okr:unit_delete": route("GET POST", ADMINS, pk="unit"),
    "okr:people_options": route("GET", EVERYBODY),
    "okr:unit_options": route("GET", EVERYBODY),
    "okr:import": route("GET POST", ADMINS, slug="shape"),
    "okr:import_template": route("GET", ADMINS, slug="shape"),
    "okr:import_check": route("GET", OWN, pk="upload"),
    "okr:import_confirm": route("POST", OWN, pk="upload"),
    "okr:import_rejected": route("GET", OWN, pk="upload"),
    "okr:welcome": route("GET POST", ANYBODY, token="token"),
}
NOUNS = {
    "act": lambda _: "move",
    "shape": lambda _: "people",
    "upload": make_upload,
    "token": make_token,
}
