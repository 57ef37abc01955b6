"""A link for whoever forgot their password, asked for at the door and sent by the next tick.

Asking is one statement whether or not anybody has the address, and says the same: who works here
cannot be found out by it.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from okr.audit import noted
from okr.invitations import HOURS, link_of_forgetful
from okr.models import Person, State

AT_ONCE = 50
GIVEN_UP_AFTER = timedelta(hours=1)
log = logging.getLogger(__name__)


def ask(email: str, at: datetime) -> None:
    Person.objects.filter(email__iexact=email).update(link_asked_at=at)


def send_asked_links(now: datetime) -> None:
    asking = Person.objects.exclude(link_asked_at=None).order_by("link_asked_at")
    for person in asking[:AT_ONCE]:
        asked = Person.objects.filter(pk=person.pk, link_asked_at=person.link_asked_at)
        if not asked.update(link_asked_at=None) or not may_have_one(person, now):
            continue
        if not _send(person, now):
            Person.objects.filter(pk=person.pk, link_asked_at=None).update(
                link_asked_at=person.link_asked_at
            )
            return


def may_have_one(person: Person, now: datetime) -> bool:
    """Whoever was never let in waits for an invitation; whoever comes by the company needs none."""
    asked_at = person.link_asked_at
    is_lately = bool(asked_at and now - asked_at < GIVEN_UP_AFTER)
    return is_lately and person.state == State.ACTIVE and person.may_use_password


def _send(person: Person, now: datetime) -> bool:
    """False where the mail server could not be used; the link is not made then."""
    context = {"person": person, "product": settings.PRODUCT_NAME, "hours": HOURS}
    try:
        with transaction.atomic():
            _make(person, now)
            context["link"] = link_of_forgetful(person)
            body = render_to_string("okr/mail/forgotten.txt", context)
            send_mail(f"A new password for {settings.PRODUCT_NAME}", body, None, [person.email])
    except (OSError, SMTPException):
        log.warning("The mail server did not take a link to a new password.")
        return False
    return True


def _make(person: Person, now: datetime) -> None:
    if not person.is_okr_admin:
        person.invite(now)
        return
    with noted("signing_in.link_sent", person, always=True):
        person.invite(now)
