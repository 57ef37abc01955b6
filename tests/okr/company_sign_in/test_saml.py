"""People sign in through a real SAML provider, and nobody comes in who should not."""

import re
from base64 import b64decode
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit
from zlib import decompress

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from okr.models import AuditEntry, Person, SignInProvider
from tests.identity import running
from tests.identity.saml_answers import make_keys
from tests.identity.travelling import Traveller, is_in

AT = "/sign-in/saml/larkspur/"
BEGIN, ANSWER, FINISH = f"{AT}begin/", f"{AT}answer/", f"{AT}finish/"
FIELD = re.compile(r'name="SAMLResponse" value="([^"]*)"')


@pytest.fixture(scope="module")
def house():
    with running("saml_provider") as address:
        yield address


@pytest.fixture
def provider(db, house, settings) -> SignInProvider:
    settings.SIGN_IN_HOSTS = [urlsplit(house).netloc]
    described = requests.get(f"{house}/metadata/", timeout=10)
    made = SignInProvider(
        name="Larkspur",
        kind="saml",
        issuer=f"{house}/metadata/",
        metadata=described.text,
        trusts_email=True,
        is_on=True,
    )
    made.keep()
    ours = Client().get(f"{AT}metadata/").content
    requests.post(f"{house}/register/", data=ours, timeout=10).raise_for_status()
    return made


class Visitor(Traveller):
    """As at OpenID, but the answer comes as a form that the provider's page posts."""

    def __init__(self, house: str, name: str) -> None:
        super().__init__(house, name)
        self.here = Client(enforce_csrf_checks=True)

    def returns(self, asked: str) -> str:
        page = self.there.get(asked, timeout=10).text
        return unescape(FIELD.search(page).group(1))  # type: ignore[union-attr]

    def posts(self, sent: str):
        """From another site: the browser keeps our session's cookie back."""
        kept, self.here.cookies = self.here.cookies, SimpleCookie()
        answer = self.here.post(ANSWER, {"SAMLResponse": sent})
        kept.update(self.here.cookies)
        self.here.cookies = kept
        return answer

    def comes(self, query: str = "", begin: str = BEGIN):
        answer = self.posts(self.returns(self.sent_to(query, begin)))
        return self.here.get(answer["Location"]) if answer.status_code == 303 else answer


def test_somebody_who_works_here_comes_in_and_is_remembered(provider, house, ada_here):
    ada = Visitor(house, "ada")
    answer = ada.comes("?next=/company/")

    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == "/company/"
    assert ada.here.session["_auth_user_id"] == str(ada_here.pk)
    known = SocialAccount.objects.get()
    assert (known.user, known.provider, known.extra_data) == (ada_here, "larkspur", {})


def test_whoever_came_once_is_known_under_a_new_address(provider, house, ada_here):
    Visitor(house, "ada").comes()
    Person.objects.filter(pk=ada_here.pk).update(email="ada.holt@larkspur.example")

    again = Visitor(house, "ada")
    again.comes()

    assert again.here.session["_auth_user_id"] == str(ada_here.pk)


def test_a_second_account_with_the_same_address_is_turned_away(provider, house, ada_here):
    Visitor(house, "ada").comes()
    twin = Visitor(house, "twin")
    answer = twin.comes()

    assert answer.status_code == 403
    assert "Another account of Larkspur already signs in as" in answer.content.decode()
    assert not is_in(twin.here)


def test_a_stranger_is_told_calmly_and_an_admin_can_read_of_it(provider, house):
    answer = Visitor(house, "stranger").comes()

    assert answer.status_code == 403
    assert "knows nobody with the address stranger@elsewhere.example" in answer.content.decode()
    assert AuditEntry.objects.get().sentence == (
        "was turned away coming from Larkspur: stranger@elsewhere.example is nobody here"
    )


@pytest.mark.parametrize("changes", [{"trusts_email": False}, {"domains": ["northwind.example"]}])
def test_an_address_that_no_admin_takes_does_not_count(provider, house, ada_here, changes):
    SignInProvider.objects.update(**changes)
    ada = Visitor(house, "ada")

    assert ada.comes().status_code == 403
    assert not is_in(ada.here)


def test_an_attribute_may_tell_who_it_is(provider, house, ada_here):
    SignInProvider.objects.update(subject_attribute="urn:oid:2.16.840.1.113730.3.1.241")

    Visitor(house, "ada").comes()

    assert SocialAccount.objects.get().uid == "Ada"


def test_whoever_comes_first_may_be_added_by_name(provider, house):
    SignInProvider.objects.update(adds_people=True, domains=["elsewhere.example"])

    assert Visitor(house, "stranger").comes().status_code == 302
    assert Person.objects.get().name == "Stranger"


def test_who_came_proves_it_by_signing_in_there_again(provider, house, ada_here):
    ada = Visitor(house, "ada")
    ada.comes()
    begin = reverse("confirm_at_provider_begin", args=["larkspur"])
    assert 'ForceAuthn="true"' in asked_in(ada.sent_to("?next=/company/", begin))

    answer = ada.comes("?next=/company/", begin)
    assert (answer.status_code, answer["Location"]) == (302, "/company/")


def asked_in(address: str) -> str:
    sent = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return decompress(b64decode(sent), -15).decode()


def test_an_answer_serves_once(provider, house, ada_here):
    ada = Visitor(house, "ada")
    sent = ada.returns(ada.sent_to(begin=BEGIN))
    ada.here.get(ada.posts(sent)["Location"])
    ada.here.logout()

    assert ada.here.get(ada.posts(sent)["Location"]).status_code == 403
    assert not is_in(ada.here)


def test_an_answer_serves_only_in_the_browser_that_asked(provider, house, ada_here):
    ada, other = Visitor(house, "ada"), Visitor(house, "stranger")
    other.sent_to(begin=BEGIN)
    answer = other.posts(ada.returns(ada.sent_to(begin=BEGIN)))

    assert other.here.get(answer["Location"]).status_code == 403
    assert not is_in(other.here)


def test_what_is_carried_over_cannot_be_made_up(provider, house, ada_here):
    ada = Visitor(house, "ada")
    ada.posts(ada.returns(ada.sent_to(begin=BEGIN)))
    ada.here.cookies["saml-answer"] = ada.here.cookies["saml-answer"].value[:-2] + "AA"

    assert ada.here.get(FINISH).status_code == 403
    assert ada.here.cookies["saml-answer"].value == ""


def test_an_answer_for_another_provider_is_not_taken(provider, house, ada_here):
    other = SignInProvider(
        name="Northwind", kind="saml", issuer="https://n.example/", is_on=True, trusts_email=True
    )
    other.metadata = provider.metadata
    other.keep()
    ada = Visitor(house, "ada")
    sent = ada.returns(ada.sent_to(begin=BEGIN))

    answer = Client().post("/sign-in/saml/northwind/answer/", {"SAMLResponse": sent})
    assert answer.status_code == 403


@pytest.mark.parametrize("sent", [{}, {"SAMLResponse": ""}, {"SAMLResponse": "bm8="}])
def test_what_is_no_answer_is_refused_without_a_word_about_why(provider, sent):
    answer = Client().post(ANSWER, sent)

    assert answer.status_code == 403
    assert "did not work this time" in answer.content.decode()


def test_a_provider_that_is_off_or_speaks_otherwise_is_not_there(provider):
    assert Client().get("/sign-in/openid/larkspur/begin/").status_code == 404
    SignInProvider.objects.update(is_on=False)

    assert Client().get(BEGIN).status_code == 404
    assert Client().post(ANSWER).status_code == 404
    assert Client().get(FINISH).status_code == 404
    assert "Larkspur" not in Client().get("/sign-in/").content.decode()


def test_a_new_certificate_comes_by_itself_from_the_address(provider, house, ada_here):
    SignInProvider.objects.update(
        metadata_address=f"{house}/metadata/", metadata=stale(provider.metadata)
    )
    ada = Visitor(house, "ada")
    ada.comes()

    assert is_in(ada.here)


def test_what_was_saved_serves_while_the_address_does_not_answer(provider, house, ada_here):
    SignInProvider.objects.update(metadata_address="http://127.0.0.1:9/metadata/")
    ada = Visitor(house, "ada")
    ada.comes()

    assert is_in(ada.here)


def test_an_address_that_speaks_for_somebody_else_by_now_is_not_believed(
    provider, house, ada_here, caplog
):
    other = "https://login.larkspur.example/"
    SignInProvider.objects.update(
        metadata_address=provider.issuer,
        metadata=provider.metadata.replace(provider.issuer, other),
        issuer=other,
    )

    assert Visitor(house, "ada").comes().status_code == 403
    assert "calls itself" in caplog.text


def stale(metadata: str) -> str:
    other = "".join(make_keys().certificate.splitlines()[1:-1])
    return re.sub(r"(X509Certificate>)[^<]+", rf"\g<1>{other}", metadata)
