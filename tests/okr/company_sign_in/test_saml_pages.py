"""OKR admins connect a SAML provider by what it tells of itself."""

import subprocess
import sys

import pytest

from okr.models import AuditEntry, SignInProvider
from tests.cast import signed_in
from tests.identity.saml_answers import HOUSE, described

FIELDS = {"name": "Larkspur", "metadata": described(), "trusts_email": "on", "is_on": "on"}


@pytest.fixture
def provider(db) -> SignInProvider:
    made = SignInProvider(name="Larkspur", kind="saml")
    made.keep()
    return made


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def at(provider: SignInProvider, *below: str) -> str:
    return "/".join([f"/okr-admin/sign-in/{provider.pk}", *below, ""])


def test_a_provider_begins_with_what_it_asks_for(admin):
    named = {"name": "Larkspur", "kind": "saml"}
    page = admin.post("/okr-admin/sign-in/new/", named, follow=True).content.decode()

    assert "http://testserver/sign-in/saml/larkspur/metadata/" in page
    assert "http://testserver/sign-in/saml/larkspur/answer/" in page


@pytest.mark.parametrize("name", ["SAML", "openid_connect"])
def test_a_name_that_is_a_kind_gets_an_address_of_its_own(db, name):
    made = SignInProvider(name=name, kind="saml")
    made.keep()

    assert made.slug == f"{name.lower()}-2"


def test_what_it_tells_of_itself_says_who_it_is(admin, provider):
    assert admin.post(at(provider), FIELDS).status_code == 302
    provider.refresh_from_db()

    assert (provider.issuer, provider.is_on) == (HOUSE, True)
    assert described() not in str(list(AuditEntry.objects.values()))


def test_the_way_there_carries_a_request_that_names_us(admin, client, provider):
    admin.post(at(provider), FIELDS)
    there = client.get("/sign-in/saml/larkspur/begin/")["Location"]

    assert there.startswith("https://login.larkspur.example/sso?a=1&b=2&SAMLRequest=")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"metadata": ""}, "Enter the address of the metadata, or paste it"),
        ({"metadata": "<a/>"}, "gave a description of no identity provider"),
        ({"metadata": "words"}, "cannot be read as SAML metadata"),
        ({"metadata": f"<!DOCTYPE a>{described()}"}, "cannot be read as SAML metadata"),
        ({"metadata": described(use="encryption")}, "tells no certificate"),
        ({"metadata": described(certificate="bm9uZQ==")}, "certificate that cannot be read"),
        ({"metadata": described(binding="SOAP")}, "takes nobody by the HTTP-Redirect binding"),
        ({"metadata": described(place="http://login.example/")}, "does not begin with https://"),
        ({"metadata": described(place="javascript:alert(1)")}, "does not begin with https://"),
        ({"metadata": described(house="")}, "does not say who it is"),
        ({"metadata": described(house="a" * 501)}, "does not say who it is"),
        ({"metadata_address": "http://login.example/"}, "Enter the address of the metadata, like"),
        ({"metadata_address": "file:///etc/passwd"}, "Enter the address of the metadata, like"),
        ({"metadata_address": "https://127.0.0.1:9/"}, "could not be asked (AddressRefused)"),
        ({"trusts_email": ""}, "SAML does not say which addresses"),
        ({"name": ""}, "Enter a name."),
    ],
)
def test_faults_stand_at_their_fields(admin, provider, changes, said):
    answer = admin.post(at(provider), FIELDS | changes)

    assert answer.status_code == 422
    assert said in answer.content.decode().replace("&#x27;", "'")
    provider.refresh_from_db()
    assert not provider.is_on


def test_another_attribute_or_another_provider_knows_nobody(admin, provider, olga):
    admin.post(at(provider), FIELDS)

    def knows_somebody(**changes: str) -> bool:
        provider.accounts.get_or_create(provider="larkspur", uid="1", user=olga)
        admin.post(at(provider), FIELDS | changes)
        return bool(provider.accounts.exists())

    assert knows_somebody(email_attribute="mail")
    assert not knows_somebody(subject_attribute="staff")
    assert not knows_somebody(metadata=described(house="https://login.elsewhere.example/"))


def test_a_test_tells_what_was_read(admin, provider):
    admin.post(
        at(provider), FIELDS | {"metadata": described(wants='WantAuthnRequestsSigned="true"')}
    )
    page = admin.post(at(provider, "test")).content.decode()

    assert f"It calls itself {HOUSE}" in page
    assert "Valid until" in page
    assert "it wants signed requests, and ours are not" in page


def test_a_test_of_nothing_stops_at_the_first_step(admin, provider):
    page = admin.post(at(provider, "test")).content.decode()

    assert page.count("not checked") == 2


def test_without_the_library_the_page_says_what_is_missing(admin, client, provider, monkeypatch):
    admin.post(at(provider), FIELDS)
    monkeypatch.setitem(sys.modules, "onelogin", None)

    assert "SAML needs more than is installed here" in admin.get(at(provider)).content.decode()
    assert "needs more than is installed here" in admin.post(at(provider, "test")).content.decode()
    assert client.get("/sign-in/saml/larkspur/begin/").status_code == 403
    assert client.post("/sign-in/saml/larkspur/answer/").status_code == 403
    assert admin.post(at(provider), FIELDS).status_code == 422


def test_without_the_library_everything_starts():
    missing = "import sys; sys.modules |= dict.fromkeys(['onelogin', 'lxml', 'xmlsec'])"
    starts = "import django; django.setup(); import config.urls"
    ran = subprocess.run([sys.executable, "-c", f"{missing}; {starts}"], check=False)

    assert ran.returncode == 0
