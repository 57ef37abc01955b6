"""Before something sensitive: whoever signed in a while ago proves once more that it is they.

    @confirmed_recently
    def tokens(request): …

It holds for 15 minutes, from signing in too: by the password, by a second factor, or at the
provider of the company. Whoever has none of them is not asked. The API asks a session as the pages
do: `okr.api.confirmed`.
"""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse

from okr.http import after

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Way = dict[str, Any]


def ways_of(request: HttpRequest) -> list[Way]:
    """In which this person can prove it, the usual one first."""
    found: list[Way] = get_adapter(request).get_reauthentication_methods(request.user)
    return found


def other_ways(request: HttpRequest, afterwards: str) -> list[Way]:
    """Than the one whose page this is."""
    others = [way for way in ways_of(request) if way["url"] != request.path]
    return [way | {"url": with_next(way["url"], afterwards)} for way in others]


def with_next(url: str, afterwards: str) -> str:
    return f"{url}?{urlencode({'next': afterwards})}"


def is_confirmed(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    proofs = [record["at"] for record in records if record.get("reauthenticated")]
    lasts = app_settings.REAUTHENTICATION_TIMEOUT
    return bool(proofs and time() - proofs[-1] < lasts) or not ways_of(request)


def confirmed_recently(view: View[P]) -> View[P]:
    @wraps(view)
    def confirmed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        first = ways_of(request)[0]["url"]
        return after(request, with_next(first, request.get_full_path()))

    return confirmed
