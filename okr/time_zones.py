"""Shows every moment in the time zone of whoever looks."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from okr.models import Person

GetResponse = Callable[[HttpRequest], HttpResponse]


class PersonsTimeZone:
    """Middleware, after the one that knows who is signed in. Whoever shows a token is known only
    later: what is activated then ends here too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_of(getattr(request, "user", None))):
            return self.get_response(request)


def zone_of(person: object) -> ZoneInfo | None:
    """The zone that a person chose; None is the company's."""
    if not isinstance(person, Person) or not person.time_zone:
        return None
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def zones() -> list[tuple[str, str]]:
    """By name, as places: "Europe/Berlin"."""
    names = sorted(name for name in available_timezones() if "/" in name and "Etc" not in name)
    return [(name, name.replace("_", " ")) for name in ["UTC", *names]]
