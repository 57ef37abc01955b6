"""A new secret key takes over: with the old one as a fallback nobody notices."""

import pytest
from django.test import Client
from django.utils import timezone

from okr import invitations, unsubscribing
from tests.cast import make_person, signed_in

NEW = "another secret key, as long as it has to be, and then some more of it"


@pytest.fixture
def rotate(settings):
    def rotate(*, fallback):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if fallback else []
        settings.SECRET_KEY = NEW

    return rotate


@pytest.mark.parametrize("signed_out", [0, 3])
def test_people_stay_signed_in(ada, rotate, signed_out):
    ada.signed_out = signed_out
    ada.save()
    window = signed_in(ada)

    rotate(fallback=True)

    assert window.get("/my/").status_code == 200


def test_without_a_fallback_everybody_signs_in_again(ada, rotate):
    window = signed_in(ada)

    rotate(fallback=False)

    assert window.get("/my/").status_code == 302


@pytest.mark.parametrize("fallback", [True, False])
def test_an_invitation_holds_as_long_as_its_key(olga, rotate, fallback):
    dana = make_person("Dana Holt")
    invitations.send(dana, olga, timezone.now())
    path = "/" + invitations.link_of(dana).split("/", 3)[3]

    rotate(fallback=fallback)

    assert ("Hello Dana Holt" in Client().get(path).content.decode()) is fallback


def test_a_link_to_unsubscribe_holds(ada, rotate):
    path = "/" + unsubscribing.address_of(ada).split("/", 3)[3]

    rotate(fallback=True)

    assert Client().get(path).status_code == 200
