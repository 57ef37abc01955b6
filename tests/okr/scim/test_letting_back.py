"""A directory makes nobody an admin: neither by letting them back nor by another address."""

from http import HTTPStatus

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from okr.models import Person, Role
from tests.okr.scim.directory import user


def test_whoever_was_deleted_there_comes_back_without_what_opened_the_account(directory, ben):
    ben.set_password("of the former Ben")
    ben.save()
    SocialAccount.objects.create(user=ben, provider="larkspur", uid="17")
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
    directory.send("delete", f"/Users/{ben.pk}")
    Person.objects.filter(pk=ben.pk).update(role=Role.OKR_ADMIN)

    directory.send("post", "/Users", user(ben.email, "Ben Okafor"))

    ben.refresh_from_db()
    assert (ben.is_active, ben.role, ben.has_usable_password()) == (True, Role.EMPLOYEE, False)
    assert not SocialAccount.objects.filter(user=ben).exists()
    assert not Authenticator.objects.filter(user=ben).exists()


def test_a_directory_lets_an_admin_back_as_an_employee(directory, ben):
    directory.send("put", f"/Users/{ben.pk}", {**user(ben.email, ben.name), "active": False})
    Person.objects.filter(pk=ben.pk).update(role=Role.OKR_ADMIN, keeps_password=True)

    directory.send("put", f"/Users/{ben.pk}", user(ben.email, ben.name))

    ben.refresh_from_db()
    assert (ben.is_active, ben.role, ben.keeps_password) == (True, Role.EMPLOYEE, False)


def test_a_directory_gives_no_admin_another_address(directory, ben, olga):
    before = olga.email

    answer = directory.send("put", f"/Users/{olga.pk}", user("me@elsewhere.example", olga.name))

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "is an OKR admin" in answer.json()["detail"]
    olga.refresh_from_db()
    assert olga.email == before
    moved = directory.send("put", f"/Users/{ben.pk}", user("ben.o@larkspur.example", ben.name))
    assert moved.status_code == HTTPStatus.OK
