"""What a page reads from its address."""

from datetime import date

from django.http import HttpRequest

from okr.models import Cycle


def chosen_cycle(request: HttpRequest, today: date) -> Cycle | None:
    """The cycle that the address names, else the current one; None before there is any."""
    asked = request.GET.get("cycle", "")
    named = Cycle.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return named or Cycle.objects.current(today)


def words(request: HttpRequest, name: str) -> str:
    """What was typed, without what no database can look for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def numbers(request: HttpRequest, name: str) -> set[int] | None:
    """A list such as 1,5; None where the address does not name it."""
    if name not in request.GET:
        return None
    return {int(part) for part in request.GET[name].split(",") if part.isdecimal()}


def asked(request: HttpRequest, *names: str) -> dict[str, str]:
    """What a link has chosen in a form already."""
    return {name: words(request, name) for name in names if name in request.GET}
