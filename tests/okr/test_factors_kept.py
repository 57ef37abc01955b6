"""A backup holds second factors sealed, and no sign-in."""

from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from config.backup.manifest import NAME, Manifest
from config.sealed import name_of
from okr.factors import FactorAdapter
from okr.models import SignIn, SignInProvider
from tests.cast import make_person

PASSWORD, SECRET = "a plumb line", "KZXW6YTBOI3GK43UNFXGO5DFON2GS3TH"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    """Of a company in which Dana has an app, a passkey and a sign-in."""
    dana = make_person("Dana Holt", password=PASSWORD)
    Client().post("/sign-in/", {"login": dana.email, "password": PASSWORD})
    sealed = {"secret": FactorAdapter().encrypt(SECRET)}
    kept = {"name": "Laptop", "credential": {}}
    for kind, held in (("totp", sealed), ("webauthn", kept)):
        Authenticator.objects.create(user=dana, type=kind, data=held)
    SignInProvider(name="Larkspur", is_on=True).keep("a secret of the client")
    call_command("backup", tmp_path / "company.backup", verbosity=0)
    return tmp_path / "company.backup"


def restore(file, **wish):
    call_command("restore", file, replace=True, yes=True, verbosity=0, **wish)


def test_nothing_that_lets_in_stands_in_the_file(file, settings):
    key = SignIn.objects.get().session_key
    with ZipFile(file) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
        manifest = Manifest.from_json(archive.read(NAME))
    assert SECRET not in whole
    assert key not in whole
    assert manifest.keys == {name_of(settings.FIELD_KEYS[0]): 2}


def test_factors_come_back_and_sign_ins_do_not(file):
    restore(file)
    held = Authenticator.objects.get(type="totp").data["secret"]
    assert FactorAdapter().decrypt(held) == SECRET
    assert Authenticator.objects.count() == 2
    assert not SignIn.objects.exists()


def test_without_its_secrets_an_app_is_gone_and_a_passkey_stays(file, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    restore(file, without_secrets=True)
    assert Authenticator.objects.get().type == "webauthn"


def test_without_its_secret_a_provider_is_off_until_somebody_enters_it(file, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    restore(file, without_secrets=True)
    provider = SignInProvider.objects.get()
    assert (provider.is_on, provider.secret) == (False, "")
