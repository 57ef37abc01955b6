"""What a page reads from its address."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from okr.access import person_of
from okr.models import Cycle, Person, Tag, Unit
from okr.pages.filters import Filters

M = TypeVar("M", bound=Model)


def chosen_cycle(request: HttpRequest, today: date) -> Cycle | None:
    """The cycle that the address names, else the current one; None before there is any."""
    asked = request.GET.get("cycle", "")
    named = Cycle.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return named or Cycle.objects.current(today)


def words(request: HttpRequest, name: str) -> str:
    """What was typed, without what no database can look for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def filters(request: HttpRequest) -> Filters:
    """What narrows the list; a number that names nobody narrows nothing."""
    return Filters(
        query=words(request, "q"),
        confidence=words(request, "confidence"),
        owner=_named(request, "owner", Person.objects.all()),
        unit=_named(request, "unit", Unit.objects.all()),
        tag=chosen_tag(request),
    )


def near_unit(request: HttpRequest) -> int | None:
    """The unit whose surroundings a menu shows: the one that narrows the list, else one's own."""
    asked = words(request, "unit")
    is_number = asked.isdecimal() and len(asked) < 19
    return int(asked) if is_number else person_of(request).unit_id


def chosen_tag(request: HttpRequest) -> Tag | None:
    """The tag that the address names, where the person may know it."""
    return _named(request, "tag", Tag.objects.visible_to(person_of(request)))


def number(request: HttpRequest, name: str) -> int | None:
    """One that a database could have."""
    asked = words(request, name)
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _named(request: HttpRequest, name: str, rows: QuerySet[M]) -> M | None:
    asked = number(request, name)
    return None if asked is None else rows.filter(pk=asked).first()


def numbers(request: HttpRequest, name: str) -> set[int] | None:
    """A list such as 1,5; None where the address does not name it."""
    if name not in request.GET:
        return None
    return {int(part) for part in request.GET[name].split(",") if part.isdecimal()}


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page that a dialog was opened on, with its filters, if the address names one of ours."""
    url = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else otherwise


def asked(request: HttpRequest, *names: str) -> dict[str, str]:
    """What a link has chosen in a form already."""
    return {name: words(request, name) for name in names if name in request.GET}


def wants_all(request: HttpRequest) -> bool:
    """Whether all changes are asked for, and not only the latest."""
    return request.GET.get("changes") == "all"
