"""The organization of a key, its directories and its groups."""

from jira_sandbox.admin import bodies
from jira_sandbox.admin.asking import Ask, Listing, asked_in_query, limit_of, listing
from jira_sandbox.admin.refusals import declined
from jira_sandbox.messages import Response, json_response

GROUP_FILTERS = ("directoryIds", "groupIds", "accountIds", "searchTerm")


def every(ask: Ask) -> Response:
    """A key opens one organization; one with scopes is told of none, as live ones are."""
    found = [] if ask.key.scopes else [bodies.organization(ask.organization, ask.address)]
    links = {"self": f"{ask.root}/admin/v1/orgs", "prev": None, "next": None}
    return json_response({"data": found, "links": links})


def one(ask: Ask) -> Response:
    return json_response({"data": bodies.organization(ask.organization, ask.address)})


def directories(ask: Ask) -> Response:
    asked = _asked(ask, "directories", ("directoryIds", "searchTerm"))
    rows = sorted(ask.organization.directories, key=lambda each: each.id)
    page, links = asked.cut(rows, lambda each: each.id)
    found = [{"directoryId": each.id, "name": each.name, "icon": ""} for each in page]
    return json_response({"data": found, "links": links})


def groups(ask: Ask) -> Response:
    """All, or those of one directory or of some accounts."""
    directory = ask.directory()
    asked = _asked(ask, f"groups/{ask.named['directory']}", GROUP_FILTERS)
    accounts = asked.filters.get("accountIds")
    held = {
        name
        for profile in ask.profiles()
        if accounts and profile.id in accounts
        for name in profile.groups
    }
    rows = [
        group
        for group in sorted(ask.organization.groups, key=lambda each: each.id)
        if directory in (None, group.directory)
        and group.id in asked.filters.get("groupIds", [group.id])
        and (accounts is None or group.name in held)
        and all(term in group.name for term in asked.filters.get("searchTerm", ()))
    ]
    page, links = asked.cut(rows, lambda each: each.id)
    found = [bodies.group(each, ask.organization) for each in page]
    return json_response({"data": found, "links": links})


def group(ask: Ask) -> Response:
    ask.directory()
    for each in ask.organization.groups:
        if each.id == ask.named["group"]:
            return json_response({"data": bodies.group(each, ask.organization)})
    raise declined("ADMIN-404-10", "There is no such group in this organization.")


def _asked(ask: Ask, name: str, filters: tuple[str, ...]) -> Listing:
    request = ask.request
    given = asked_in_query(request, filters)
    return listing(name, request.argument("cursor"), given, limit_of(request.argument("limit")))
