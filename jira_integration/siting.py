"""Which of several sites a person means: that of a pasted address, the chosen, the usual one."""

from collections.abc import Sequence

from jira_integration.client import leads_to
from jira_integration.models import JiraConnection, JiraLink
from okr.models import Person


def usual_site(sites: Sequence[JiraConnection], person: Person) -> JiraConnection:
    """Where this person linked last, else the one that was connected first."""
    if len(sites) == 1:
        return sites[0]
    last = JiraLink.objects.filter(by=person).order_by("-pk").values_list("connection", flat=True)
    return site_with(last.first(), sites) or sites[0]


def site_with(pk: int | None, sites: Sequence[JiraConnection]) -> JiraConnection | None:
    return next((site for site in sites if site.pk == pk), None)


def pasted_site(text: str, sites: Sequence[JiraConnection]) -> JiraConnection | None:
    """Where an address leads. One site may lie below another: the nearer one is meant."""
    led_to = [site for site in sites if leads_to(text, site.site)]
    return max(led_to, key=lambda site: len(site.site.base_path), default=None)


def hosts_told(sites: Sequence[JiraConnection]) -> str:
    """One host; one or two; one, two or three."""
    *first, last = [site.host for site in sites]
    return f"{', '.join(first)} or {last}" if first else last
