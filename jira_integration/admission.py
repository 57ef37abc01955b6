"""Who may link to a key result now, and from which sites."""

from django.core.exceptions import PermissionDenied

from jira_integration.models import IntegrationSettings, JiraConnection
from jira_integration.models.link import CANNOT_FOLLOW, NO_ACCESS
from okr.models import KeyResult, Person

OFF = "Progress update using Jira is turned off, so nothing can be linked. Ask an OKR admin."


def sites_to_link(key_result: KeyResult, person: Person) -> list[JiraConnection]:
    """For somebody who may edit it. Raises PermissionDenied with the reason for whoever may not."""
    settings, sites = IntegrationSettings.load(), list(JiraConnection.objects.all())
    if not (settings.enabled and sites):
        raise PermissionDenied(OFF)
    if not settings.may_link(person):
        raise PermissionDenied(NO_ACCESS)
    if not key_result.can_be_tracked:
        raise PermissionDenied(CANNOT_FOLLOW)
    return sites
