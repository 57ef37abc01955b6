"""Only a proxy that the operator named is believed about who calls."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.callers import Callers

PROXY, CALLER = "10.1.2.3", "203.0.113.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        (PROXY, CALLER, CALLER),
        (PROXY, f"1.1.1.1, {CALLER}", CALLER),
        (PROXY, f"{CALLER}, 10.1.9.9", CALLER),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"nonsense, {CALLER}", CALLER),
        ("", CALLER, CALLER),
        (CALLER, "1.1.1.1", CALLER),
    ],
)
def test_the_caller_is_whom_the_nearest_of_our_proxies_saw(settings, peer, forwarded, caller):
    settings.PROXIES = [ip_network("10.1.0.0/16")]
    assert seen(peer, forwarded)["REMOTE_ADDR"] == caller


def test_a_caller_who_is_no_proxy_cannot_claim_to_come_by_https(settings):
    settings.PROXIES = [ip_network("10.1.0.0/16")]
    assert "HTTP_X_FORWARDED_PROTO" not in seen(CALLER, "")
    assert seen(PROXY, "")["HTTP_X_FORWARDED_PROTO"] == "https"


def test_where_no_proxy_is_named_none_is_believed_about_the_caller(settings):
    settings.PROXIES = []
    assert seen(PROXY, CALLER)["REMOTE_ADDR"] == PROXY


def seen(peer: str, forwarded: str) -> dict[str, str]:
    """What the rest of the product is told."""
    said = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    request = RequestFactory().get("/", headers=said, REMOTE_ADDR=peer)
    Callers(lambda _request: HttpResponse())(request)
    return request.META
