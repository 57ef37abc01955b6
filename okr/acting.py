"""Who acts, and from where: told once for a request or a command, read where it is logged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import get_contextvars

from okr.models import Person
from okr.models.audit import Via

GetResponse = Callable[[HttpRequest], HttpResponse]
FORWARDED = "X-Forwarded-For"


@dataclass(frozen=True, slots=True)
class Actor:
    """`person_id` is empty for a command, and for somebody who has not signed in."""

    name: str
    email: str = ""
    person_id: int | None = None
    via: str = Via.COMMAND
    address: str = ""
    request_id: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Actor":
        number = str(get_contextvars().get("request_id", ""))[:64]
        actor = cls("Somebody", via=Via.BROWSER, address=address_of(request), request_id=number)
        user = getattr(request, "user", None)
        return actor.known_as(user) if isinstance(user, Person) else actor

    @classmethod
    def of_command(cls, name: str) -> "Actor":
        return cls(f"The command {name}")

    def known_as(self, person: Person) -> "Actor":
        return replace(self, name=person.name, email=person.email, person_id=person.pk)


NOBODY = Actor("The server")
_telling: ContextVar[Callable[[], Actor]] = ContextVar("telling", default=lambda: NOBODY)


def who_acts() -> Actor:
    return _telling.get()()


@contextmanager
def acting(tell: Callable[[], Actor]) -> Iterator[None]:
    """For the length of a request or a command, `tell` answers who it is."""
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
    """Where a request came from; a header is believed as far as the operator's own proxies go."""
    hops = [hop.strip() for hop in request.headers.get(FORWARDED, "").split(",") if hop.strip()]
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(told))
    except ValueError:
        return ""
