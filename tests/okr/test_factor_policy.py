"""A company may ask for a second factor; an admin lets in again who lost theirs."""

import pytest
from allauth.mfa.models import Authenticator

from okr.models import AuditEntry, Person
from tests.cast import adopt, signed_in
from tests.okr.pages import text_of

SECURITY, POLICIES = "/settings/security/", "/okr-admin/policies/"


def add_passkey(person):
    kept = {"name": "Laptop", "credential": {}}
    Authenticator.objects.create(user=person, type="webauthn", data=kept)


@pytest.mark.parametrize(
    ("decided", "asked"), [("nobody", []), ("admins", ["olga"]), ("everyone", ["olga", "ben"])]
)
def test_whom_the_policy_names_adds_a_factor_first(olga, ben, decided, asked):
    adopt(second_factor=decided)
    for name, person in (("olga", olga), ("ben", ben)):
        answer = signed_in(person).get("/company/")
        assert answer.status_code == (302 if name in asked else 200)
        assert answer.headers.get("Location", SECURITY) == SECURITY


def test_the_page_says_why_and_lets_add_one(ben):
    adopt(second_factor="everyone")
    window = signed_in(ben)
    assert "Your company asks you to sign in with a second factor." in text_of(window.get(SECURITY))
    assert window.get(f"{SECURITY}app/").status_code == 200
    assert window.get("/sign-out/").status_code == 200


def test_whoever_has_one_goes_on_and_recovery_codes_are_none(ben):
    adopt(second_factor="everyone")
    window = signed_in(ben)
    Authenticator.objects.create(user=ben, type="recovery_codes", data={})
    assert window.get("/my/").status_code == 302
    add_passkey(ben)
    assert window.get("/my/").status_code == 200


def test_who_becomes_admin_is_asked_at_once(ben, olga):
    adopt(second_factor="admins")
    window = signed_in(ben)
    assert window.get("/my/").status_code == 200
    Person.objects.get(pk=ben.pk).take_role("okr_admin")
    assert window.get("/my/").status_code == 302


def test_scripts_in_a_browser_and_fragments_are_answered_in_their_own_way(ben):
    adopt(second_factor="everyone")
    window = signed_in(ben)
    spoken = window.get("/api/v1/objectives/")
    assert (spoken.status_code, spoken["Content-Type"]) == (403, "application/problem+json")
    assert window.get("/company/", headers={"HX-Request": "true"})["HX-Redirect"] == SECURITY


def test_the_identity_provider_of_the_company_is_trusted(ben):
    adopt(second_factor="everyone")
    window = signed_in(ben)
    session = window.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    assert window.get("/my/").status_code == 200


def test_each_choice_says_how_many_have_none_yet(olga, ben, cleo):
    add_passkey(ben)
    page = text_of(signed_in(olga).get(POLICIES))
    assert "1 person, of whom 1 has none yet and will be asked to add one." in page
    assert "4 people, of whom 3 have none yet and will be asked to add one." in page


def test_an_admin_removes_what_somebody_lost(olga, ben, mailoutbox):
    add_passkey(ben)
    there, admin = signed_in(ben), signed_in(olga)
    page = f"/okr-admin/people/{ben.pk}/"
    assert "Second factors 1 passkey" in text_of(admin.get(page))

    assert admin.post(f"{page}second-factors/")["Location"] == page

    assert not Authenticator.objects.exists()
    assert there.get("/my/").status_code == 302
    told = "removed the second factors of Ben Okafor"
    assert AuditEntry.objects.get(action="people.factors_removed").sentence == told
    assert mailoutbox[0].subject.startswith("An OKR admin removed your second factors")
    assert mailoutbox[0].to == [ben.email]
