"""Signing in and out, and what a person sets for themselves."""

from django.utils import timezone

from okr import invitations
from okr.models import Person
from tests.cast import make_person
from tests.okr.matrix.declaring import ANYBODY, EVERYBODY, route

ROUTES = {
    "account_login": route("GET POST", ANYBODY),
    "account_logout": route("GET POST", ANYBODY),
    "okr:settings": route("GET POST", EVERYBODY),
    "okr:settings_password": route("GET POST", EVERYBODY),
    "okr:welcome": route("GET POST", ANYBODY, token="invitation"),
    "okr:appearance": route("POST", EVERYBODY),
}


def an_invitation() -> str:
    """The last part of the address that a link leads to."""
    guest = Person.objects.filter(name="Gustav Guest").first() or make_person("Gustav Guest")
    guest.invited_at or guest.invite(timezone.now())
    return invitations.link_of(guest).rstrip("/").rpartition("/")[2]


NOUNS = {"invitation": lambda _key_result: an_invitation()}
