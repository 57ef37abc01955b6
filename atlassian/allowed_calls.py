"""What of Atlassian the operator's settings open: the names are Jira's, the rooms share them."""

from django.conf import settings

from atlassian.client import AddressPolicy


def policy_from_settings() -> AddressPolicy:
    return AddressPolicy(
        allowed_hosts=frozenset(host.lower() for host in settings.JIRA_ALLOWED_HOSTS),
        gateway=settings.JIRA_GATEWAY.rstrip("/"),
        proxy=settings.JIRA_PROXY,
        ca_bundle=settings.JIRA_CA_BUNDLE,
    )
