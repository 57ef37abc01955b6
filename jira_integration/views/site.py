"""Which Jira an admin's page is about."""

from django.http import Http404, HttpRequest

from jira_integration.models import JiraConnection


def site_of(request: HttpRequest) -> JiraConnection | None:
    """The one that the address names, else the first; None while there is none."""
    sites = JiraConnection.objects.order_by("pk")
    named = request.GET.get("site", "")
    if not named:
        return sites.first()
    found = sites.filter(pk=int(named)).first() if named.isdecimal() and len(named) < 10 else None
    if found is None:
        raise Http404
    return found
