"""Where everybody signs in through the company, nothing else lets in but who is named for it."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from okr import forgotten, invitations
from okr.models import AuditEntry, Person, Policy, Role, SignInProvider
from okr.models.policy import Passwords
from okr.models.refusing import LAST_NAMED, RefusedError
from tests.cast import adopt, make_person, signed_in
from tests.identity.travelling import Traveller
from tests.okr.api.script import client_of, send
from tests.okr.pages import text_of

PASSWORD, PAGE = "a plumb line", "/okr-admin/sign-in/passwords/"


def add_factor(person: Person) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})


@pytest.fixture
def rescuer(db) -> Person:
    made = make_person("Robin Rescue", password=PASSWORD, role=Role.OKR_ADMIN)
    add_factor(made)
    return made


@pytest.fixture
def boss(provider, house, ada_here) -> Traveller:
    """An OKR admin who has just come by the provider."""
    Person.objects.filter(pk=ada_here.pk).update(role=Role.OKR_ADMIN)
    made = Traveller(house, "ada")
    made.comes()
    return made


@pytest.fixture
def closed(provider, rescuer) -> Policy:
    """The company signs in through its provider alone."""
    Person.objects.keep_passwords_of([rescuer])
    return adopt(passwords=Passwords.NAMED)


@pytest.fixture
def dana(db) -> Person:
    return make_person("Dana Holt", password=PASSWORD)


def decide(client: Client, *named: Person, passwords: str = "named"):
    return client.post(PAGE, {"passwords": passwords, "named": [each.pk for each in named]})


def enters(person: Person):
    return Client().post("/sign-in/", {"login": person.email, "password": PASSWORD})


def test_an_admin_who_came_by_the_provider_closes_the_door_to_passwords(boss, rescuer):
    adopt()
    assert decide(boss.here, rescuer)["Location"] == "/okr-admin/sign-in/"

    assert Policy.load().is_company_only
    rescuer.refresh_from_db()
    assert rescuer.keeps_password
    assert AuditEntry.objects.latest("pk").sentence == (
        "changed the policies: Who may sign in with a password Everybody who has one → Only named"
        " OKR admins, OKR admins for emergencies nothing → Robin Rescue"
    )


def test_whoever_did_not_try_it_is_told_to_try_it_first(provider, rescuer, olga):
    client = signed_in(olga)
    answer = decide(client, rescuer)

    assert answer.status_code == 422
    assert "Sign in through a provider yourself first" in text_of(answer)
    assert 'href="/sign-in/openid/larkspur/begin/?next=/okr-admin/sign-in/passwords/"' in (
        client.get(PAGE).content.decode()
    )
    assert not Policy.load().is_company_only


def test_nobody_is_locked_out_by_it(boss, rescuer):
    assert "Name at least one OKR admin" in text_of(decide(boss.here))
    Authenticator.objects.all().delete()
    assert "Robin Rescue has none yet" in text_of(decide(boss.here, rescuer))
    add_factor(rescuer)
    SignInProvider.objects.update(is_on=False)
    assert "Switch a provider on first" in text_of(decide(boss.here, rescuer))
    assert not Policy.load().is_company_only


def test_whoever_has_no_password_cannot_be_named(boss, ada_here):
    add_factor(ada_here)
    assert decide(boss.here, ada_here).status_code == 422


def test_a_password_lets_in_nobody_but_who_is_named(closed, dana, rescuer):
    answer = enters(dana)
    assert "Everybody signs in through the company here" in text_of(answer)
    assert text_of(answer) == text_of(enters(Person(email="nobody@larkspur.example")))
    assert enters(rescuer)["Location"].startswith("/sign-in/code/")


def test_the_provider_goes_on_letting_in(closed, house, ada_here):
    ada = Traveller(house, "ada")
    assert ada.comes()["Location"] == "/my/"


def test_who_is_named_adds_a_factor_where_it_was_removed(closed, rescuer):
    Authenticator.objects.all().delete()
    client = Client()
    client.post("/sign-in/", {"login": rescuer.email, "password": PASSWORD})
    assert client.get("/my/")["Location"] == "/settings/security/"


def test_the_door_shows_the_provider_and_hides_the_password(closed):
    page = Client().get("/sign-in/").content.decode()
    assert "Sign in with Larkspur" in page
    assert "Forgot your password?" not in page
    assert page.index("Sign in with Larkspur") < page.index("<details")


def test_no_link_to_a_password_lets_in(closed, dana, olga, mailoutbox):
    link = invitations.link_of(dana)
    Person.objects.filter(pk=dana.pk).update(invited_at=timezone.now())
    dana.refresh_from_db()
    link = invitations.link_of(dana)

    answer = Client().post("/" + link.split("/", 3)[3], {"password": "another line"})

    assert answer["Location"] == "/sign-in/"
    dana.refresh_from_db()
    assert dana.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_only_for_who_is_named(closed, dana, rescuer, mailoutbox):
    for person in (dana, rescuer):
        forgotten.ask(person.email, timezone.now())
    forgotten.send_asked_links(timezone.now())

    assert [mail.to for mail in mailoutbox] == [[rescuer.email]]


def test_nobody_changes_a_password_that_does_not_let_in(closed, dana, rescuer):
    client = signed_in(dana)
    assert client.get("/settings/password/").status_code == 403
    assert "/settings/password/" not in client.get("/settings/").content.decode()


def test_an_invitation_leads_to_the_sign_in_of_the_company(closed, olga, mailoutbox):
    noor = make_person("Noor New")
    admin = signed_in(olga)
    admin.post(f"/okr-admin/people/{noor.pk}/invitation/")

    assert "/sign-in/" in mailoutbox[0].body
    assert "password" not in mailoutbox[0].body
    assert "to sign in through the company" in text_of(admin.get(f"/okr-admin/people/{noor.pk}/"))


def test_no_new_password_is_made_for_anybody(closed, dana, olga, mailoutbox):
    page = f"/okr-admin/people/{dana.pk}/"
    assert "New password" not in text_of(signed_in(olga).get(page))
    signed_in(olga).post(f"{page}invitation/")
    answer = send(client_of(olga, "admin"), "post", f"/api/v1/people/{dana.pk}/invitation/")

    assert answer.status_code == 409
    assert not mailoutbox


def test_tokens_go_on(closed, dana):
    assert client_of(dana).get("/api/v1/me/").status_code == 200


def test_the_password_confirms_nothing(closed, dana):
    window = signed_in(dana)
    assert window.get("/confirm/").status_code == 403


def test_the_last_who_is_named_stays_one(closed, rescuer, olga):
    make_person("Dana Holt", password=PASSWORD, role=Role.OKR_ADMIN)
    with pytest.raises(RefusedError, match=LAST_NAMED.format(rescuer)):
        rescuer.take_role(Role.EMPLOYEE)
    with pytest.raises(RefusedError):
        rescuer.leave(by=olga, at=timezone.now())


def test_who_is_no_admin_any_more_is_named_no_longer(closed, rescuer, dana):
    other = make_person("Noor New", password=PASSWORD, role=Role.OKR_ADMIN)
    Person.objects.keep_passwords_of([rescuer, other])
    other.take_role(Role.EMPLOYEE)
    other.take_role(Role.OKR_ADMIN)
    assert "Everybody signs in through the company" in text_of(enters(other))


def test_the_last_provider_stays_on(closed, provider, olga):
    admin, page = signed_in(olga), f"/okr-admin/sign-in/{provider.pk}/"
    assert "Everybody signs in through Larkspur." in text_of(admin.post(page, {"name": "Larkspur"}))
    admin.post(f"{page}deletion/")

    assert SignInProvider.objects.on().exists()


def test_passwords_come_back_with_a_word(closed, dana, olga, rescuer):
    decide(signed_in(olga), rescuer, passwords="everyone")
    assert enters(dana)["Location"] == "/my/"
