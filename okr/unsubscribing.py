"""The signed link at the end of every e-mail, by which anybody who has it ends those e-mails."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from okr.models import Person

SALT = "okr.unsubscribe"


def address_of(person: Person) -> str:
    return settings.PUBLIC_ADDRESS + reverse("okr:unsubscribe", args=[token_of(person)])


def token_of(person: Person) -> str:
    return signing.dumps(person.pk, salt=SALT)


def person_of_token(token: str) -> Person | None:
    """Whose e-mails the link ends. It never runs out: old mails are unsubscribed from too."""
    try:
        pk = signing.loads(token, salt=SALT)
        found: Person | None = Person.objects.filter(pk=pk).first()
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return found
