"""Keeps the list of where people are signed in, and ends what is on it.

A sign-in knows its row by a mark in the session, which also tells when the row was written last, so
that most requests write nothing.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from okr.acting import address_of
from okr.models import Person, SignIn
from okr.models.sign_in import LONGEST_AGENT

MARK = "sign_in"
WRITTEN_EVERY = timedelta(minutes=5)
GetResponse = Callable[[HttpRequest], HttpResponse]


def begin(request: HttpRequest, person: Person) -> None:
    """Called once somebody has been let in."""
    if not request.session.session_key:
        request.session.save()
    now = timezone.now()
    made = SignIn.objects.create(person=person, began_at=now, seen_at=now, **_whence(request))
    request.session[MARK] = [made.pk, now.timestamp()]


def see(request: HttpRequest) -> None:
    """Writes down that the browser was here, unless that was done a moment ago."""
    pk, written_at = request.session.get(MARK, (0, 0))
    now = timezone.now()
    if pk and now.timestamp() - written_at >= WRITTEN_EVERY.total_seconds():
        SignIn.objects.filter(pk=pk).update(seen_at=now, **_whence(request))
        request.session[MARK] = [pk, now.timestamp()]


def renew(request: HttpRequest) -> None:
    """The session goes on under another key."""
    request.session.cycle_key()
    _follow(request)


def forget(request: HttpRequest) -> None:
    """Called before somebody is signed out."""
    SignIn.objects.filter(pk=number_of(request)).delete()


def end_others(request: HttpRequest, person: Person) -> None:
    """Wherever the person is signed in, on the list or not, but in this browser."""
    person.end_sign_ins(but=number_of(request))
    update_session_auth_hash(request, person)
    _follow(request)


def number_of(request: HttpRequest) -> int:
    """Of this browser's own sign-in; 0 where it began before there was a list."""
    number: int = request.session.get(MARK, (0,))[0]
    return number


class NotesWhoIsHere:
    """Middleware, after the one that knows who is signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            see(request)
        return self.get_response(request)


def _follow(request: HttpRequest) -> None:
    key = request.session.session_key
    SignIn.objects.filter(pk=number_of(request)).update(session_key=key)


def _whence(request: HttpRequest) -> dict[str, str]:
    agent = request.headers.get("User-Agent", "").replace("\x00", "")
    return {
        "session_key": request.session.session_key or "",
        "address": address_of(request),
        "agent": agent[:LONGEST_AGENT],
    }
