"""Creating issues, and what has to be known before: the types of a project and their fields."""

from collections.abc import Iterator
from typing import Any

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.rich_text import plain
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.catalogue import KINDS, Kind
from jira_sandbox.model.nouns import Project

LARGEST_PAGE = 200
LONGEST_SUMMARY = 255
# id, name, type, whether every project needs it
USUAL_FIELDS = (
    ("summary", "Summary", "string", True),
    ("issuetype", "Issue Type", "issuetype", True),
    ("project", "Project", "project", True),
    ("reporter", "Reporter", "user", True),
    ("description", "Description", "string", False),
    ("labels", "Labels", "array", False),
)


def types(exchange: Exchange) -> Response:
    project = _project(exchange, exchange.named["project"])
    rows = [bodies.kind(exchange.api, kind) for kind in KINDS] if project else []
    return _page(exchange, "issueTypes", rows)


def fields(exchange: Exchange) -> Response:
    project = _project(exchange, exchange.named["project"])
    known = project is not None and _kind(exchange.named["type"]) is not None
    return _page(exchange, "fields", list(_fields(exchange, project)) if known else [])


def everything(exchange: Exchange) -> Response:
    """As it was asked before Jira 8.4: all types and fields of the named projects at once."""
    asked = exchange.request.argument("projectKeys").split(",")
    found = [project for key in asked if (project := _project(exchange, key))]
    rows = [_with_fields(exchange, project) for project in found]
    return json_response({"expand": "projects", "projects": rows})


def create(exchange: Exchange) -> Response:
    given = exchange.request.json().get("fields")
    asked: Json = given if isinstance(given, dict) else {}
    project = _project(exchange, _name(asked.get("project"), "id", "key"))
    kind = _kind(_name(asked.get("issuetype"), "id"))
    faults = dict(_faults(exchange, asked, project, kind))
    if faults or project is None or kind is None:
        raise RefusedError(400, **faults)
    issue = exchange.site.create(
        project.key, asked["summary"].strip(), kind=kind.name, reporter=exchange.viewer.account
    )
    text = plain(asked.get("description"), on_premise=exchange.viewer.on_premise)
    exchange.site.outside.descriptions[issue.id] = text or ""
    address = f"{exchange.api}/issue/{issue.id}"
    return json_response({"id": str(issue.id), "key": issue.key, "self": address}, 201)


def _faults(
    exchange: Exchange, asked: Json, project: Project | None, kind: Kind | None
) -> Iterator[tuple[str, str]]:
    summary = asked.get("summary")
    if project is None:
        yield "project", "Specify a valid project ID or key"
    if kind is None:
        yield "issuetype", "Specify an issue type"
    if not isinstance(summary, str) or not summary.strip():
        yield "summary", "You must specify a summary of the issue."
    elif len(summary) > LONGEST_SUMMARY or "\n" in summary:
        yield "summary", f"The summary must be one line of at most {LONGEST_SUMMARY} characters."
    if plain(asked.get("description"), on_premise=exchange.viewer.on_premise) is None:
        yield "description", "Operation value must be of the kind that this version takes."
    for name, label in exchange.site.outside.needed.get(project.key, ()) if project else ():
        if not asked.get(name):
            yield name, f"{label} is required."


def _project(exchange: Exchange, id_or_key: str) -> Project | None:
    """Only one in which the caller may create."""
    project = exchange.viewer.project(id_or_key) if id_or_key else None
    return project if project and exchange.viewer.holds("CREATE_ISSUES", project) else None


def _kind(number: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.id == number), None)


def _name(given: Any, *names: str) -> str:
    if not isinstance(given, dict):
        return ""
    return next((str(given[name]) for name in names if given.get(name)), "")


def _with_fields(exchange: Exchange, project: Project) -> Json:
    rows = {field["fieldId"]: field for field in _fields(exchange, project)}
    kinds = [bodies.kind(exchange.api, kind) | {"fields": rows} for kind in KINDS]
    return bodies.project(exchange.api, project) | {"issuetypes": kinds}


def _fields(exchange: Exchange, project: Project | None) -> Iterator[Json]:
    for row in USUAL_FIELDS:
        yield _field(*row)
    for name, label in exchange.site.outside.needed.get(project.key, ()) if project else ():
        yield _field(name, label, "array", needed=True)


def _field(name: str, label: str, kind: str, needed: bool) -> Json:
    schema = {"type": kind, "system": name} | ({"items": "string"} if kind == "array" else {})
    return {
        "required": needed,
        "schema": schema,
        "name": label,
        "key": name,
        "fieldId": name,
        "hasDefaultValue": name == "reporter",
        "operations": ["set"],
    }


def _page(exchange: Exchange, place: str, rows: list[Json]) -> Response:
    """Data Center calls the rows of every page `values`."""
    start = exchange.number("startAt", 0, 0, 1_000_000)
    size = exchange.number("maxResults", 50, 1, LARGEST_PAGE)
    shown = rows[start : start + size]
    body: Json = {"maxResults": size, "startAt": start, "total": len(rows)}
    if exchange.viewer.on_premise:
        return json_response(body | {"isLast": start + size >= len(rows), "values": shown})
    return json_response(body | {place: shown})
