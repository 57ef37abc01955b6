"""Lets somebody back whom a directory took away, with less than they had: it makes no admins."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from okr.audit import noted
from okr.models import Person, Role


def let_back(person: Person) -> None:
    """As an employee: a directory makes nobody an OKR admin, not even whoever was one."""
    with noted("people.reactivated", person):
        person.take_role(Role.EMPLOYEE)
        person.come_back()


def forget_proofs(person: Person) -> None:
    """Who was deleted there may be somebody else by now, who was given the same address."""
    person.set_password(None)
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=person.pk).delete()
    SocialAccount.objects.filter(user_id=person.pk).delete()
