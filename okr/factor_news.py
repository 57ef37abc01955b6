"""Tells a person by mail that their second factors changed, so that a stranger's hand shows."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from okr.audit import note_if_admin
from okr.models import Person

log = logging.getLogger(__name__)

CHANGES = {
    "mfa/email/totp_activated": ("app_added", "An authenticator app was added"),
    "mfa/email/totp_deactivated": ("app_removed", "The authenticator app was removed"),
    "mfa/email/webauthn_added": ("passkey_added", "A passkey was added"),
    "mfa/email/webauthn_removed": ("passkey_removed", "A passkey was removed"),
    "mfa/email/recovery_codes_generated": ("codes_renewed", "New recovery codes were made"),
}
RESET = "An OKR admin removed your second factors"


def tell(change: str, person: Person) -> None:
    """`change` is the library's name for it; what it has no name for here is nobody's news."""
    if change in CHANGES:
        deed, words = CHANGES[change]
        note_if_admin(f"signing_in.{deed}", person)
        write(person, words)


def write(person: Person, words: str) -> None:
    """The change stands whether or not the mail server takes the message."""
    context = {
        "person": person,
        "words": words,
        "product": settings.PRODUCT_NAME,
        "at": timezone.now(),
        "link": f"{settings.PUBLIC_ADDRESS}/settings/security/",
    }
    body = render_to_string("okr/mail/factor_changed.txt", context)
    subject = f"{words} · {settings.PRODUCT_NAME}"
    try:
        send_mail(subject, body, None, [person.email])
    except (OSError, SMTPException):
        log.warning("The mail server did not take a message about second factors.")
