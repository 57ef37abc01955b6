"""Saved filters, fix versions, sprints, and what Jira suggests for them while a query is typed."""

from collections.abc import Iterable

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.planning import Release, SavedFilter

LARGEST_PAGE = 100
MOST_SUGGESTED = 15
NO_FILTER = "The selected filter is not available to you, perhaps it has been deleted."
NO_VERSION = "Could not find version for id '{}'."


def one_filter(exchange: Exchange) -> Response:
    """What is not shared looks like what is not there; Jira says 400 to both."""
    name = exchange.named["id"]
    found = exchange.viewer.saved_filter(name) if name.isdecimal() else None
    if found is None:
        raise RefusedError(400, NO_FILTER)
    return json_response(_filter(exchange, found))


def search_filters(exchange: Exchange) -> Response:
    start = exchange.number("startAt", 0, 0, 1_000_000)
    size = min(exchange.number("maxResults", 50, 1, 1_000_000), LARGEST_PAGE)
    words = exchange.request.argument("filterName").casefold()
    found = [each for each in exchange.viewer.saved_filters() if words in each.name.casefold()]
    found.sort(key=lambda each: each.name)
    shown = [_filter(exchange, each) for each in found[start : start + size]]
    if "jql" not in exchange.request.argument("expand"):
        shown = [{name: value for name, value in row.items() if name != "jql"} for row in shown]
    return json_response(
        {
            "self": f"{exchange.api}/filter/search?maxResults={size}&startAt={start}",
            "maxResults": size,
            "startAt": start,
            "total": len(found),
            "isLast": start + size >= len(found),
            "values": shown,
        }
    )


def favourite_filters(exchange: Exchange) -> Response:
    """Those of the caller; here everybody likes what is shared."""
    found = [each for each in exchange.viewer.saved_filters() if each.shared]
    return json_response([_filter(exchange, each) | {"favourite": True} for each in found])


def one_version(exchange: Exchange) -> Response:
    for release in exchange.viewer.releases():
        if release.id == exchange.named["id"]:
            return json_response(_version(exchange, release))
    raise RefusedError(404, NO_VERSION.format(exchange.named["id"]))


def versions(exchange: Exchange) -> Response:
    return json_response([_version(exchange, each) for each in _of_project(exchange)])


def one_sprint(exchange: Exchange) -> Response:
    for sprint in exchange.viewer.sprints():
        if str(sprint.id) == exchange.named["id"]:
            body = bodies.sprint(sprint) | {"originBoardId": 1}
            address = f"{exchange.root}/rest/agile/1.0/sprint/{sprint.id}"
            return json_response(
                {name: body[name] for name in body if name != "boardId"} | {"self": address}
            )
    raise RefusedError(404, "Sprint does not exist.")


def suggestions(exchange: Exchange) -> Response:
    """Of a sprint the value is its number, of everything else its name."""
    field = exchange.request.argument("fieldName").casefold()
    words = exchange.request.argument("fieldValue").casefold()
    pairs = [(value, name) for value, name in _known(exchange, field) if words in name.casefold()]
    rows = dict.fromkeys(pairs)
    return json_response(
        {
            "results": [
                {"value": value, "displayName": name} for value, name in list(rows)[:MOST_SUGGESTED]
            ]
        }
    )


def _known(exchange: Exchange, field: str) -> Iterable[tuple[str, str]]:
    viewer = exchange.viewer
    match field:
        case "sprint":
            return ((str(each.id), f"{each.name} ({each.id})") for each in viewer.sprints())
        case "fixversion":
            return ((f'"{each.name}"', each.name) for each in viewer.releases())
        case "filter":
            return ((f'"{each.name}"', each.name) for each in viewer.saved_filters())
        case _:
            return ()


def _of_project(exchange: Exchange) -> list[Release]:
    project = exchange.viewer.project(exchange.named["key"])
    if project is None:
        raise RefusedError(404, "The project does not exist, or this account may not see it.")
    return [each for each in exchange.viewer.releases() if each.project == project]


def _filter(exchange: Exchange, found: SavedFilter) -> Json:
    api = exchange.api
    return {
        "self": f"{api}/filter/{found.id}",
        "id": str(found.id),
        "name": found.name,
        "jql": found.jql,
        "owner": bodies.account(api, found.owner),
        "viewUrl": f"{exchange.site_root}/issues/?filter={found.id}",
        "searchUrl": f"{api}/search?jql=filter+%3D+{found.id}",
        "favourite": False,
        "sharePermissions": [],
    }


def _version(exchange: Exchange, release: Release) -> Json:
    return bodies.release(exchange.api, release) | {"projectId": int(release.project.id)}
