"""Plans and sends the daily e-mails; docs/decisions.md says why each goes out at most once."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from okr import reminding
from okr.local_time import last_time, local_day
from okr.models import Digest, Notification, Occasion, Person, Policy
from okr.models.notification import NotificationQuerySet
from okr.pages.telling import WITH_PLACES, Told, told
from okr.unsubscribing import address_of

HOUR = 8
NO_OLDER_THAN = timedelta(days=7)
AT_ONCE = 100
MOST_TOLD = 50
REFUSALS = (SMTPResponseException, SMTPRecipientsRefused)
"""The server answered no: nothing was sent, and it may be asked again."""
log = logging.getLogger(__name__)


def plan_digests(now: datetime) -> None:
    """A digest for everybody who was told something before this morning, once a day.

    A reminder does not wait for the next morning: whoever has had no digest today gets it now.
    """
    waiting = _waiting(now).order_by()
    zones = list(waiting.values_list("person__time_zone", flat=True).distinct())
    for zone, morning in _mornings(zones, now) if zones else ():
        told = Q(at__lt=morning) | Q(kind=Occasion.CHECK_IN_DUE)
        people = waiting.filter(told, person__time_zone=zone)
        ids = set(people.values_list("person_id", flat=True))
        Digest.objects.plan(ids, morning.date(), now)


def _mornings(zones: list[str], now: datetime) -> Iterator[tuple[str, datetime]]:
    """When digests go out today, where that is past; on a due day together with its reminders."""
    policy = Policy.load()
    for zone in zones:
        today = local_day(now, zone)
        due = policy.reminders_on and today.weekday() == policy.checkin_weekday
        morning = last_time(reminding.HOUR if due else HOUR, now, zone)
        if morning.date() == today:
            yield zone, morning


def send_digests(now: datetime) -> int:
    """Sends what waits, a bounded number at once; how many went out.

    Nothing is claimed while the server cannot be reached.
    """
    digests = list(Digest.objects.waiting(now).select_related("person")[:AT_ONCE])
    if not digests:
        return 0
    try:
        with get_connection() as connection:
            return sum(_send(digest, connection, now) for digest in digests)
    except OSError as error:  # SMTPException is one
        log.warning("The mail server could not be used: %s", error)
        return 0


def _send(digest: Digest, connection: BaseEmailBackend, now: datetime) -> bool:
    """Raises OSError where it is not known whether it went out; it stays claimed then."""
    found = _waiting(now).visible_to(digest.person).filter(person=digest.person)
    notifications = list(found.select_related(*WITH_PLACES).order_by("-at", "-id")[:MOST_TOLD])
    if not digest.claim(notifications, now):
        return False
    if notifications:
        try:
            message_of(digest.person, told(notifications), connection).send()
        except REFUSALS as error:
            log.warning("A digest was refused: %s", error)
            digest.failed(now)
            return False
    digest.sent()
    return bool(notifications)


def _waiting(now: datetime) -> NotificationQuerySet:
    recent = Notification.objects.unread().filter(mailed_at=None, at__gt=now - NO_OLDER_THAN)
    return recent.wanted_by_mail()


def message_of(
    person: Person, rows: list[Told], connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """With the headers of RFC 8058, by which a mail program unsubscribes in one click."""
    unsubscribe = address_of(person)
    context = {
        "person": person,
        "rows": rows,
        "product": settings.PRODUCT_NAME,
        "address": settings.PUBLIC_ADDRESS,
        "preferences": settings.PUBLIC_ADDRESS + reverse("okr:settings_notifications"),
        "unsubscribe": unsubscribe,
    }
    message = EmailMultiAlternatives(
        subject=subject_of(rows),
        body=render_to_string("okr/mail/digest.txt", context),
        to=[person.email],
        connection=connection,
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("okr/mail/digest.html", context), "text/html")
    return message


def subject_of(rows: list[Told]) -> str:
    more = len(rows) - 1
    first = " ".join(rows[0].sentence.split())
    return f"{first}, and {more} more" if more else first
