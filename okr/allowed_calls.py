"""The operator's settings for whatever the core calls by itself."""

from django.conf import settings

from okr.outgoing import AddressPolicy


def outgoing_policy() -> AddressPolicy:
    return AddressPolicy(
        allowed_hosts=frozenset(host.lower() for host in settings.OUTGOING_HOSTS),
        proxy=settings.OUTGOING_PROXY,
        ca_bundle=settings.OUTGOING_CA_BUNDLE,
    )
