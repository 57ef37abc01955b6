"""Who calls: behind a proxy the address that it saw, but only where the operator names the proxy.

Everything after this, sign-in limits and webhook sources among it, reads REMOTE_ADDR.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class Callers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            believe_proxies(request.META)
        return self.get_response(request)


def believe_proxies(meta: dict[str, str]) -> None:
    """Where the caller is no proxy of ours, what it says about itself is forgotten."""
    if not is_proxy(meta.get("REMOTE_ADDR", "")):
        for header in SAID_BY_PROXIES:
            meta.pop(header, None)
        return
    for caller in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not is_address(caller.strip()):
            return
        meta["REMOTE_ADDR"] = caller.strip()
        if not is_proxy(caller.strip()):
            return


def is_proxy(caller: str) -> bool:
    """A caller without an address came through a private socket."""
    if not is_address(caller):
        return caller == ""
    return any(ip_address(caller) in network for network in settings.PROXIES)


def is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
