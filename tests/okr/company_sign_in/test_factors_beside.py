"""A second factor that somebody added here is asked for after the provider too."""

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from okr.factors import FactorAdapter
from okr.models.policy import Factors
from tests.cast import adopt
from tests.identity.travelling import Traveller, is_in
from tests.okr.test_factors import code_of

SECRET = "KZXW6YTBOI3GK43UNFXGO5DFON2GS3TH"


@pytest.fixture
def ada(provider, house, ada_here) -> Traveller:
    sealed = {"secret": FactorAdapter().encrypt(SECRET)}
    Authenticator.objects.create(user=ada_here, type="totp", data=sealed)
    return Traveller(house, "ada")


def test_whoever_has_one_is_asked_for_it(ada):
    assert ada.comes("?next=/company/")["Location"] == "/sign-in/code/"
    assert not is_in(ada.here)
    assert not {"password", "token"} & set(str(dict(ada.here.session)).split("'"))

    with time_machine.travel(timezone.now(), tick=False):
        code = code_of(SECRET, timezone.now())
        answer = ada.here.post("/sign-in/code/", {"code": code})

    assert answer["Location"] == "/company/"
    assert is_in(ada.here)


def test_a_wrong_one_does_not_let_in(ada):
    ada.comes()
    wrong = code_of(SECRET, datetime(2020, 1, 1, tzinfo=UTC))

    assert ada.here.post("/sign-in/code/", {"code": wrong}).status_code == 422
    assert not is_in(ada.here)


def test_whom_the_provider_lets_in_need_not_add_one(provider, house, ada_here):
    adopt(second_factor=Factors.EVERYONE)
    ada = Traveller(house, "ada")
    ada.comes()

    assert ada.here.get("/my/").status_code == 200
