"""Where somebody is signed in: a browser, from when to when, and from which address."""

from datetime import datetime
from typing import Self

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from okr.models.person import Person

LONGEST_AGENT = 300


class SignInQuerySet(models.QuerySet["SignIn"]):
    def lasting(self, now: datetime) -> Self:
        """Whose session has neither ended nor grown too old."""
        return self.filter(_session(now))

    def older_than(self, moment: datetime) -> Self:
        return self.filter(~_session(timezone.now()), seen_at__lt=moment)

    def end(self) -> None:
        """At once: the next request of that browser is a stranger's."""
        Session.objects.filter(session_key__in=self.values("session_key")).delete()
        self.delete()


def _session(now: datetime) -> Exists:
    lasting = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return Exists(lasting)


class SignIn(models.Model):
    """`session_key` opens the account as the session's own row does: in no backup, in no log."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=LONGEST_AGENT, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.person} since {self.began_at:%Y-%m-%d %H:%M}"
