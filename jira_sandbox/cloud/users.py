"""Users of the site, for whoever may browse them: all, one, by group; and a user's removal.

Removing takes a user from this site alone and leaves the Atlassian account (Atlassian, Jira Cloud
platform REST API, "Delete user"). Some hide their e-mail address.
"""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.nouns import Account, Role
from jira_sandbox.model.organization import Group

LARGEST_PAGE, LARGEST_GROUP_PAGE = 1000, 50


def search(exchange: Exchange) -> Response:
    start = exchange.number("startAt", 0, 0, 100_000_000)
    size = min(exchange.number("maxResults", 50, 1, 100_000_000), LARGEST_PAGE)
    found = everybody(exchange)[start : start + size]
    return json_response([bodies.account(exchange.api, account) for account in found])


def one(exchange: Exchange) -> Response:
    account = _asked(exchange)
    body = bodies.account(exchange.api, account)
    if "groups" in exchange.request.argument("expand").split(","):
        held = [_group(each) for each in exchange.site.people.groups_of(account)]
        body |= {"groups": {"size": len(held), "items": held}}
    return json_response(body)


def groups(exchange: Exchange) -> Response:
    everybody(exchange)
    return _page(exchange, "group/bulk", [_group(each) for each in exchange.site.people.groups])


def members(exchange: Exchange) -> Response:
    """Without those who are inactive, unless they are asked for."""
    number = exchange.request.argument("groupId")
    found = next((each for each in exchange.site.people.groups if each.id == number), None)
    if found is None:
        raise RefusedError(404, "The group does not exist.")
    inactive = exchange.request.argument("includeInactiveUsers") == "true"
    inside = [
        bodies.account(exchange.api, account)
        for account in everybody(exchange)
        if (account.active or inactive) and found in exchange.site.people.groups_of(account)
    ]
    return _page(exchange, "group/member", inside)


def remove(exchange: Exchange) -> Response:
    if not exchange.viewer.is_admin:
        raise RefusedError(403, "Only site administrators may remove users.")
    account = _asked(exchange)
    if account == exchange.viewer.account:
        raise RefusedError(400, "You cannot remove yourself.")
    exchange.site.people.remove(account)
    return Response(204)


def everybody(exchange: Exchange) -> list[Account]:
    """In the order of their ids. Refused without Browse users and groups."""
    account = exchange.viewer.account
    if account is None or account.role is Role.NONE:
        raise RefusedError(403, "You are not allowed to browse users and groups.")
    return exchange.site.people.users


def _asked(exchange: Exchange) -> Account:
    number = exchange.request.argument("accountId")
    if not number:
        raise RefusedError(400, "Name the account in 'accountId'.")
    for account in everybody(exchange):
        if account.id == number:
            return account
    raise RefusedError(404, "The user does not exist.")


def _group(group: Group) -> Json:
    return {"name": group.name, "groupId": group.id}


def _page(exchange: Exchange, path: str, found: list[Json]) -> Response:
    start = exchange.number("startAt", 0, 0, 100_000_000)
    size = min(exchange.number("maxResults", 50, 1, 100_000_000), LARGEST_GROUP_PAGE)
    body: Json = {
        "self": f"{exchange.api}/{path}?startAt={start}&maxResults={size}",
        "startAt": start,
        "maxResults": size,
        "total": len(found),
        "isLast": start + size >= len(found),
        "values": found[start : start + size],
    }
    return json_response(body)
