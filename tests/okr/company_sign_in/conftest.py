"""A company with a real OpenID provider beside it, in a program of its own."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from okr.models import Person, SignInProvider
from tests.cast import make_person
from tests.identity import CLIENT, SECRET, running
from tests.identity.travelling import BACK


@pytest.fixture(scope="package")
def house():
    with running("openid_provider", f"http://testserver{BACK}") as address:
        yield address


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def provider(db, house, settings) -> SignInProvider:
    settings.SIGN_IN_HOSTS = [urlsplit(house).netloc]
    made = SignInProvider(
        name="Larkspur", issuer=f"{house}/o", client_id=CLIENT, is_on=True, domains=[]
    )
    made.keep(SECRET)
    return made


@pytest.fixture
def ada_here(db) -> Person:
    return make_person("Ada Lindqvist", email="ada@larkspur.example")
