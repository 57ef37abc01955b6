"""Who may link to a key result now, and from which sites; and where they may create issues."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from jira_integration.into_jira.signs import is_seen_by_all
from jira_integration.models import IntegrationSettings, JiraConnection, JiraWriting
from jira_integration.models.link import CANNOT_FOLLOW, NO_ACCESS
from okr.models import KeyResult, Person

OFF = "Progress update using Jira is turned off, so nothing can be linked. Ask an OKR admin."
NOT_SWITCHED_ON = (
    "Creating Jira issues from here is not switched on. An OKR admin can switch it on under"
    " Manage Integration, Into Jira."
)
NOT_FOR_ALL = (
    "Not everybody may read this objective, so nothing of it is written into Jira."
    " Create the issue in Jira, then link it here."
)


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


def sites_to_create(key_result: KeyResult, sites: Sequence[JiraConnection]) -> list[JiraConnection]:
    """Of those to link from, where people create issues for it. Raises PermissionDenied."""
    creating = JiraWriting.objects.creating()
    on = [site for site in sites if site.pk in creating]
    if not on:
        raise PermissionDenied(NOT_SWITCHED_ON)
    if not is_seen_by_all(key_result):
        raise PermissionDenied(NOT_FOR_ALL)
    return on
