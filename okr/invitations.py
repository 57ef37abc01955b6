"""Lets somebody in who has no password, or not any more: a link that works once, not for long."""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from okr.audit import noted
from okr.models import Person, State

DAYS, HOURS = 7, 2
"""How long a link of an admin lasts, and one that somebody asked for at the door."""
INVITES, RENEWS = "{by} invites you to {product}", "Choose a new password for {product}"
SALT = "okr.invitation"


def send(person: Person, by: Person, at: datetime) -> bool:
    """Invites anew, which ends an older link; False where the mail server did not take it."""
    with noted("people.invited", person, always=True):
        person.invite(at)
    context = {
        "person": person,
        "by": by,
        "product": settings.PRODUCT_NAME,
        "link": link_of(person),
        "door": settings.PUBLIC_ADDRESS + reverse("account_login"),
        "until": ends_at(person),
    }
    words, template = _letter(person)
    subject = " ".join(words.format(by=by.name, product=settings.PRODUCT_NAME).split())
    try:
        send_mail(subject, render_to_string(template, context), None, [person.email])
    except (OSError, SMTPException):
        return False
    return True


def _letter(person: Person) -> tuple[str, str]:
    if not person.may_use_password:
        return INVITES, "okr/mail/invitation_company.txt"
    if person.state == State.ACTIVE:
        return RENEWS, "okr/mail/new_password.txt"
    return INVITES, "okr/mail/invitation.txt"


def link_of(person: Person) -> str:
    return _link(person)


def link_of_forgetful(person: Person) -> str:
    """For whoever asked at the door; it ends sooner, and says so itself."""
    return _link(person, HOURS)


def _link(person: Person, *hours: int) -> str:
    token = _signer().sign_object([person.pk, _seal(person, settings.SECRET_KEY), *hours])
    return settings.PUBLIC_ADDRESS + reverse("okr:welcome", args=[token])


def ends_at(person: Person, hours: int = 24 * DAYS) -> datetime | None:
    return person.invited_at and person.invited_at + timedelta(hours=hours)


def invited_by(token: str, now: datetime) -> Person | None:
    """Whom the link lets in; None once it was used, replaced or is too old."""
    try:
        pk, seal, *hours = _signer().unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    person = Person.objects.active().filter(pk=pk).first()
    if person is None or not (ends := ends_at(person, *hours)):
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    fits = any(constant_time_compare(seal, _seal(person, key)) for key in keys)
    return person if now < ends and fits else None


def _signer() -> signing.Signer:
    """Without a time: the person knows since when."""
    return signing.Signer(salt=SALT)


def _seal(person: Person, key: str) -> str:
    """Changes with a new invitation, the address and the password."""
    invited = person.invited_at.timestamp() if person.invited_at else ""
    told = f"{invited}{person.email}{person.password}"
    return salted_hmac(SALT, told, secret=key).hexdigest()[:32]
