"""Who acts, and from where: told once for a request, read where something is logged."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import get_contextvars

from okr.models import ApiToken, Person
from okr.models.audit import Via

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Actor:
    """`person_id` is empty for a command, and for somebody who has not signed in."""

    name: str
    email: str = ""
    person_id: int | None = None
    via: str = Via.COMMAND
    token: str = ""
    address: str = ""
    request_id: str = ""
    is_okr_admin: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Actor":
        number = str(get_contextvars().get("request_id", ""))[:64]
        actor = cls("Somebody", via=Via.BROWSER, address=address_of(request), request_id=number)
        user = getattr(request, "user", None)
        if isinstance(token := getattr(request, "auth", None), ApiToken):
            actor = replace(actor, via=Via.API, token=token.name)
        return actor.known_as(user) if isinstance(user, Person) else actor

    def known_as(self, person: Person) -> "Actor":
        return replace(
            self,
            name=person.name,
            email=person.email,
            person_id=person.pk,
            is_okr_admin=person.is_okr_admin,
        )


def the_program() -> Actor:
    """Outside of a request: the command that was called, or a worker."""
    program, *words = sys.argv
    is_command = Path(program).name == "manage.py" and bool(words)
    return Actor(f"The command {words[0]}" if is_command else "The server")


_telling: ContextVar[Callable[[], Actor]] = ContextVar("telling", default=the_program)


def who_acts() -> Actor:
    return _telling.get()()


@contextmanager
def acting(tell: Callable[[], Actor]) -> Iterator[None]:
    """For the length of a request, `tell` answers who it is."""
    token = _telling.set(tell)
    try:
        yield
    finally:
        _telling.reset(token)


class TellsWhoActs:
    """Middleware, after the one that knows who is signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(partial(Actor.of, request)):
            return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Where a request came from: of trusted proxies we have heard already; empty for a socket."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return ""
