"""People sign in through a real OpenID provider, and nobody comes in who should not."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from okr.models import AuditEntry, Person, SignInProvider
from tests.cast import make_person
from tests.identity import OTHER_CLIENT
from tests.identity.travelling import BACK, BEGIN, Traveller, asking, is_in


def test_somebody_who_works_here_comes_in_and_is_remembered(provider, house, ada_here):
    ada = Traveller(house, "ada")
    answer = ada.comes("?next=/company/")

    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == "/company/"
    assert ada.here.session["_auth_user_id"] == str(ada_here.pk)
    known = SocialAccount.objects.get()
    assert (known.user, known.provider, known.extra_data) == (ada_here, "larkspur", {})


def test_whoever_came_once_is_known_under_a_new_address(provider, house, ada_here):
    Traveller(house, "ada").comes()
    Person.objects.filter(pk=ada_here.pk).update(email="ada.holt@larkspur.example")

    again = Traveller(house, "ada")
    again.comes()

    assert again.here.session["_auth_user_id"] == str(ada_here.pk)


def test_a_second_account_with_the_same_address_is_turned_away(provider, house, ada_here):
    Traveller(house, "ada").comes()
    twin = Traveller(house, "twin")
    answer = twin.comes()

    assert answer.status_code == 403
    assert "Another account of Larkspur already signs in as" in answer.content.decode()
    assert not is_in(twin.here)


def test_a_stranger_is_told_calmly_and_an_admin_can_read_of_it(provider, house):
    stranger = Traveller(house, "stranger")
    answer = stranger.comes()

    assert answer.status_code == 403
    told = answer.content.decode()
    assert "knows nobody with the address stranger@elsewhere.example" in told
    assert not is_in(stranger.here)
    assert AuditEntry.objects.get().sentence == (
        "was turned away coming from Larkspur: stranger@elsewhere.example is nobody here"
    )


def test_somebody_who_has_left_learns_no_more_than_a_stranger(provider, house, ada_here):
    Traveller(house, "ada").comes()
    Person.objects.filter(pk=ada_here.pk).update(is_active=False)

    ada = Traveller(house, "ada")
    answer = ada.comes()

    assert "knows nobody with the address" in answer.content.decode()
    assert not is_in(ada.here)


@pytest.mark.parametrize(
    ("changes", "lets_in"),
    [({}, False), ({"trusts_email": True}, True)],
)
def test_an_address_that_is_not_verified_counts_only_where_an_admin_said_so(
    provider, house, changes, lets_in
):
    make_person("Ben Okafor", email="ben@larkspur.example")
    SignInProvider.objects.update(**changes)

    ben = Traveller(house, "unverified")
    ben.comes()

    assert is_in(ben.here) is lets_in


def test_an_address_of_another_domain_does_not_count(provider, house, ada_here):
    SignInProvider.objects.update(domains=["northwind.example"])

    answer = Traveller(house, "ada").comes()

    assert "do not sign in through Larkspur" in answer.content.decode()


def test_an_answer_serves_once(provider, house, ada_here):
    ada = Traveller(house, "ada")
    back = ada.returns(ada.sent_to())
    ada.here.get(back)
    ada.here.post("/sign-out/")

    assert ada.here.get(back).status_code == 403
    assert not is_in(ada.here)


def test_an_answer_serves_only_in_the_browser_that_asked(provider, house, ada_here):
    ada, other = Traveller(house, "ada"), Client()

    assert other.get(ada.returns(ada.sent_to())).status_code == 403
    assert not is_in(other)


@pytest.mark.parametrize(
    "changes",
    [{"nonce": "of-another-sign-in"}, {"client_id": OTHER_CLIENT}, {"code_challenge": "A" * 43}],
    ids=["another nonce", "another audience", "another verifier"],
)
def test_what_was_made_for_another_sign_in_is_refused(provider, house, ada_here, changes):
    ada = Traveller(house, "ada")

    assert ada.here.get(ada.returns(asking(ada.sent_to(), **changes))).status_code == 403
    assert not is_in(ada.here)


def test_a_wrong_secret_is_refused_without_a_word_about_it(provider, house, ada_here):
    provider.keep("another secret")
    answer = Traveller(house, "ada").comes()

    assert answer.status_code == 403
    assert "did not work this time" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_whoever_cancels_is_back_at_signing_in(provider, house):
    ada = Traveller(house, "ada")
    state = parse_qs(urlsplit(ada.sent_to()).query)["state"][0]
    answer = ada.here.get(f"{BACK}?error=access_denied&state={state}")

    assert answer["Location"] == "/sign-in/"


def test_the_address_of_the_sign_in_decides_nothing_but_where_to_go_next(provider, house):
    ada = Traveller(house, "ada")
    words = "?process=connect&scope=admin&auth_params=prompt%3Dnone&next=https://elsewhere.example/"
    asked = parse_qs(urlsplit(ada.sent_to(words)).query)

    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    states = ada.here.session["socialaccount_states"].values()
    assert [state[0]["process"] for state in states] == ["login"]
    assert not any("next" in state[0] for state in states)


def test_a_provider_that_is_off_is_not_there(provider, house):
    SignInProvider.objects.update(is_on=False)

    assert Client().get(BEGIN).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert "Larkspur" not in Client().get("/sign-in/").content.decode()


def test_the_sign_in_page_offers_it_and_keeps_the_destination(provider):
    page = Client().get("/sign-in/?next=/company/%3Fcycle%3D3").content.decode()

    assert "Sign in with Larkspur" in page
    assert f'href="{BEGIN}?next=/company/%3Fcycle%3D3"' in page


def test_a_provider_that_does_not_answer_is_told_calmly(provider):
    SignInProvider.objects.update(issuer="http://127.0.0.1:9/o")

    answer = Client().get(BEGIN)

    assert answer.status_code == 403
    assert "did not work this time" in answer.content.decode()


def test_the_server_asks_no_address_that_the_operator_does_not_list(provider, settings, caplog):
    settings.SIGN_IN_HOSTS = []

    assert Client().get(BEGIN).status_code == 403
    assert "PlainHttp" in caplog.text


@pytest.fixture
def open_arms(provider: SignInProvider) -> SignInProvider:
    """Whoever comes from elsewhere.example is added."""
    SignInProvider.objects.update(adds_people=True, domains=["elsewhere.example"])
    return provider


def test_somebody_new_of_its_domain_is_added_as_an_employee(open_arms, house):
    stranger = Traveller(house, "stranger")
    assert stranger.comes()["Location"] == "/my/"

    added = Person.objects.get(email="stranger@elsewhere.example")
    assert (added.name, added.role, added.unit, added.manager) == (
        "Stranger",
        "employee",
        None,
        None,
    )
    assert stranger.here.session["_auth_user_id"] == str(added.pk)
    assert AuditEntry.objects.get().sentence == "came through Larkspur and was added as Stranger"


@pytest.mark.parametrize(
    "changes",
    [{"adds_people": False}, {"domains": []}, {"domains": ["larkspur.example"]}],
)
def test_nobody_is_added_where_an_admin_did_not_say_so(open_arms, house, changes):
    SignInProvider.objects.update(**changes)
    stranger = Traveller(house, "stranger")

    assert stranger.comes().status_code == 403
    assert not Person.objects.exists()


def test_an_address_that_is_not_verified_adds_nobody(open_arms, house):
    SignInProvider.objects.update(domains=["larkspur.example"])

    assert Traveller(house, "unverified").comes().status_code == 403
    assert not Person.objects.exists()


def test_whoever_has_left_is_not_added_again(open_arms, house):
    make_person("Stranger", email="stranger@elsewhere.example", is_active=False)

    assert Traveller(house, "stranger").comes().status_code == 403
    assert Person.objects.count() == 1
