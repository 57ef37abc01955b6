"""OKR admins connect an identity provider; its secret is sealed and never told again."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.sealed import columns
from okr.models import AuditEntry, SignInProvider
from okr.sealing import SealError
from tests.cast import signed_in

SECRET = "canary-in-a-client-secret"
FIELDS = {
    "name": "Larkspur",
    "issuer": "https://login.larkspur.example",
    "client_id": "plumbline",
    "secret": SECRET,
    "domains": "Larkspur.example, northwind.example",
}


@pytest.fixture
def provider(db) -> SignInProvider:
    made = SignInProvider(name="Larkspur")
    made.keep()
    return made


@pytest.fixture
def admin(olga):
    return signed_in(olga)


def at(provider: SignInProvider, *below: str) -> str:
    return "/".join([f"/okr-admin/sign-in/{provider.pk}", *below, ""])


def test_a_provider_begins_with_its_name_and_tells_the_address_to_return_to(admin):
    named = {"name": "Larkspur People", "kind": "openid_connect"}
    page = admin.post("/okr-admin/sign-in/new/", named, follow=True)

    assert "http://testserver/sign-in/openid/larkspur-people/callback/" in page.content.decode()
    assert not SignInProvider.objects.get().is_on


def test_two_names_that_read_alike_have_addresses_of_their_own(provider):
    other = SignInProvider(name="Larkspur!")
    other.keep()

    assert (provider.slug, other.slug) == ("larkspur", "larkspur-2")


def test_a_secret_is_sealed_and_never_told(admin, provider):
    assert admin.post(at(provider), FIELDS).status_code == 302
    provider.refresh_from_db()
    page = admin.get(at(provider)).content.decode()

    assert provider.secret == SECRET
    assert provider.domains == ["larkspur.example", "northwind.example"]
    assert SECRET not in provider.sealed_secret
    assert SECRET not in page
    assert SECRET not in str(list(AuditEntry.objects.values()))
    assert SignInProvider in [column.model for column in columns()]


def test_an_empty_secret_keeps_the_one_that_is_there(admin, provider):
    admin.post(at(provider), FIELDS)
    admin.post(at(provider), FIELDS | {"secret": "", "name": "Northwind"})
    provider.refresh_from_db()

    assert (provider.name, provider.slug, provider.secret) == ("Northwind", "larkspur", SECRET)


def test_a_new_issuer_needs_the_secret_again_and_knows_nobody(admin, provider, olga):
    admin.post(at(provider), FIELDS | {"is_on": "on"})
    SocialAccount.objects.create(provider="larkspur", uid="1", user=olga)
    moved = FIELDS | {"issuer": "https://login.elsewhere.example", "secret": "", "is_on": "on"}

    refused = admin.post(at(provider), moved)
    assert refused.status_code == 422
    assert "Enter it before people can sign in" in refused.content.decode()

    admin.post(at(provider), {**moved, "is_on": ""})
    provider.refresh_from_db()
    assert provider.secret == ""
    assert not SocialAccount.objects.exists()


def test_a_secret_does_not_open_for_another_provider(admin, provider):
    admin.post(at(provider), FIELDS)
    other = SignInProvider(name="Northwind", issuer="https://login.northwind.example")
    other.keep()
    sealed = SignInProvider.objects.get(pk=provider.pk).sealed_secret
    SignInProvider.objects.filter(pk=other.pk).update(sealed_secret=sealed, is_on=True)

    with pytest.raises(SealError):
        _ = SignInProvider.objects.get(pk=other.pk).secret


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": "http://login.larkspur.example"}, "Enter the address that your provider calls"),
        ({"issuer": "https://me:you@login.example"}, "Enter the address that your provider calls"),
        ({"issuer": "login"}, "Enter the address that your provider calls"),
        ({"domains": "larkspur"}, "“larkspur” is not a domain."),
        ({"name": ""}, "Enter a name."),
        ({"adds_people": "on", "domains": ""}, "Enter the domains whose people are added."),
        ({"is_on": "on", "client_id": ""}, "Enter it before people can sign in"),
    ],
)
def test_faults_stand_at_their_fields(admin, provider, changes, said):
    answer = admin.post(at(provider), FIELDS | changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_test_stops_at_what_fails_and_says_why(admin, provider):
    SignInProvider.objects.update(issuer="http://127.0.0.1:9")

    page = admin.post(at(provider, "test")).content.decode()

    assert "could not be asked" in page
    assert page.count("not checked") == 2


def test_letting_go_of_an_account_makes_room_for_another(admin, provider, ben):
    known = SocialAccount.objects.create(provider="larkspur", uid="1", user=ben)

    assert "Ben" in admin.get(at(provider)).content.decode()
    admin.post(at(provider, "accounts", str(known.pk)))

    assert not SocialAccount.objects.exists()
    assert AuditEntry.objects.get().sentence == f"let go of the account of {ben} at Larkspur"


def test_a_provider_goes_with_the_accounts_that_it_knew(admin, provider, ben):
    SocialAccount.objects.create(provider="larkspur", uid="1", user=ben)
    admin.post(at(provider, "deletion"))

    assert not SignInProvider.objects.exists()
    assert not SocialAccount.objects.exists()


def test_the_page_costs_the_same_with_3_and_with_20_accounts(admin, provider, ben):
    def cost(number: int) -> int:
        rows = range(SocialAccount.objects.count(), number)
        SocialAccount.objects.bulk_create(
            SocialAccount(provider="larkspur", uid=str(row), user=ben) for row in rows
        )
        with CaptureQueriesContext(connection) as asked:
            admin.get(at(provider))
        return len(asked)

    assert cost(3) == cost(20)
