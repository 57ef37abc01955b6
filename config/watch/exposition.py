"""Writes the numbers in the words of Prometheus, for whoever may read them."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from config.watch.counts import counted
from config.watch.gauges import every_gauge

if TYPE_CHECKING:
    from prometheus_client import Metric

FORWARDED = ("X-Forwarded-For", "Forwarded")


def may_read(request: HttpRequest) -> bool:
    return has_token(request) or comes_from_within(request)


def has_token(request: HttpRequest) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not settings.NUMBERS_TOKEN or scheme.lower() != "bearer":
        return False
    return constant_time_compare(given.strip(), settings.NUMBERS_TOKEN)


def comes_from_within(request: HttpRequest) -> bool:
    """What an unknown proxy passes on comes from anywhere, whatever the proxy's own address is."""
    passed_on = not settings.PROXIES and any(name in request.headers for name in FORWARDED)
    try:
        caller = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return not passed_on and any(caller in network for network in settings.NUMBERS_SOURCES)


def written() -> tuple[bytes, str]:
    """The text, and its type."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(Everything())
    return generate_latest(registry), CONTENT_TYPE_LATEST


class Everything:
    """A collector: what was counted, then what is read now."""

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        yield from counted()
        for series in every_gauge():
            family = GaugeMetricFamily(series.name, series.words, labels=series.labels)
            for labels, value in series.values.items():
                family.add_metric(labels, value)
            yield family
