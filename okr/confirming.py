"""Before something sensitive: whoever signed in a while ago proves once more that it is they.

    @confirmed_recently
    def tokens(request): …

It holds for 15 minutes, from signing in too. Whoever signs in elsewhere only, without a password or
factor here, is not asked.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest, HttpResponse

from okr.http import after

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def confirmed_recently(view: View[P]) -> View[P]:
    @wraps(view)
    def confirmed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        first = get_adapter().get_reauthentication_methods(request.user)[0]
        return after(request, f"{first['url']}?{urlencode({'next': request.get_full_path()})}")

    return confirmed
