"""`project` and `project/search`: the projects that the caller may browse."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.nouns import Project

LARGEST_PAGE = 100


def search(exchange: Exchange) -> Response:
    start = exchange.number("startAt", 0, 0, 1_000_000)
    size = min(exchange.number("maxResults", 50, 1, 1_000_000), LARGEST_PAGE)
    found = _matching(exchange)
    address = f"{exchange.api}/project/search?maxResults={size}"
    body: Json = {
        "self": f"{address}&startAt={start}",
        "maxResults": size,
        "startAt": start,
        "total": len(found),
        "isLast": start + size >= len(found),
        "values": [_body(exchange.api, project) for project in found[start : start + size]],
    }
    if not body["isLast"]:
        body["nextPage"] = f"{address}&startAt={start + size}"
    return json_response(body)


def one(exchange: Exchange) -> Response:
    project = exchange.viewer.project(exchange.named["key"])
    if project is None:
        raise RefusedError(404, "The project does not exist, or this account may not see it.")
    return json_response(_body(exchange.api, project))


def _matching(exchange: Exchange) -> list[Project]:
    words = exchange.request.argument("query").casefold()
    keys = {key.upper() for key in exchange.request.query.get("keys", [])}
    return sorted(
        (
            project
            for project in exchange.viewer.projects()
            if words in f"{project.key} {project.name}".casefold()
            and (not keys or project.key in keys)
        ),
        key=lambda project: project.key,
    )


def _body(api: str, project: Project) -> Json:
    return bodies.project(api, project) | {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        "style": "next-gen" if project.team_managed else "classic",
        "isPrivate": False,
        "properties": {},
    }
