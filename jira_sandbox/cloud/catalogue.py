"""`field`, `status`, `statuscategory` and `resolution`: the lists that a client reads once."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, Response, json_response
from jira_sandbox.model.catalogue import (
    CATEGORIES,
    CLINICS,
    EPIC_LINK,
    RESOLUTIONS,
    SPRINT,
    STORY_POINT_ESTIMATE,
    STORY_POINTS,
)

# id, name, type, type of the members of an array, names in JQL
SYSTEM_FIELDS = (
    ("statuscategorychangedate", "Status Category Changed", "datetime", "",
     "statusCategoryChangedDate"),
    ("issuetype", "Issue Type", "issuetype", "", "issuetype type"),
    ("project", "Project", "project", "", "project"),
    ("parent", "Parent", "", "", "parent"),
    ("summary", "Summary", "string", "", "summary"),
    ("description", "Description", "string", "", "description"),
    ("status", "Status", "status", "", "status"),
    ("statusCategory", "Status Category", "statusCategory", "", "statusCategory"),
    ("resolution", "Resolution", "resolution", "", "resolution"),
    ("resolutiondate", "Resolved", "datetime", "", "resolutiondate resolved"),
    ("created", "Created", "datetime", "", "created createdDate"),
    ("updated", "Updated", "datetime", "", "updated updatedDate"),
    ("duedate", "Due date", "date", "", "due duedate"),
    ("priority", "Priority", "priority", "", "priority"),
    ("labels", "Labels", "array", "string", "labels"),
    ("fixVersions", "Fix versions", "array", "version", "fixVersion"),
    ("assignee", "Assignee", "user", "", "assignee"),
    ("reporter", "Reporter", "user", "", "reporter"),
    ("creator", "Creator", "user", "", "creator"),
    ("timeoriginalestimate", "Original estimate", "number", "",
     "originalEstimate timeoriginalestimate"),
    ("timeestimate", "Remaining Estimate", "number", "", "remainingEstimate timeestimate"),
    ("timespent", "Time Spent", "number", "", "timespent"),
    ("aggregatetimeoriginalestimate", "Σ Original Estimate", "number", "", ""),
    ("workratio", "Work Ratio", "number", "", "workratio"),
    ("subtasks", "Sub-tasks", "array", "issuelinks", "subtasks"),
    ("security", "Security Level", "securitylevel", "", "level"),
    ("attachment", "Attachment", "array", "attachment", "attachments"),
    ("comment", "Comment", "comments-page", "", "comment"),
)  # fmt: skip
GREENHOPPER = "com.pyxis.greenhopper.jira:"
FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
# number, name, type, type of the members of an array, what it is made from
CUSTOM_FIELDS = (
    (EPIC_LINK, "Epic Link", "any", "", GREENHOPPER + "gh-epic-link"),
    (STORY_POINT_ESTIMATE, "Story point estimate", "number", "", GREENHOPPER + "jsw-story-points"),
    (SPRINT, "Sprint", "array", "json", GREENHOPPER + "gh-sprint"),
    (STORY_POINTS, "Story Points", "number", "", FLOAT),
    (CLINICS, "Clinics reached", "number", "", FLOAT),
)

LARGEST_START = 1_000_000


def fields(exchange: Exchange) -> Response:
    if exchange.viewer.account is None:
        return json_response([])
    system = [_system_field(*row) for row in SYSTEM_FIELDS]
    rows = system + [_custom_field(*row) for row in CUSTOM_FIELDS]
    return json_response([row for row in rows if row["id"] not in exchange.site.dropped])


def statuses(exchange: Exchange) -> Response:
    """The statuses of the workflows that the caller may see, each once."""
    seen: dict[str, Json] = {}
    for project in exchange.viewer.projects():
        for status in project.statuses:
            seen[status.id] = bodies.status(exchange.api, status)
            if status.project:
                seen[status.id]["scope"] = {"type": "PROJECT", "project": {"id": project.id}}
    return json_response(list(seen.values()))


def categories(exchange: Exchange) -> Response:
    return json_response([bodies.category(exchange.api, each) for each in CATEGORIES])


def resolutions(exchange: Exchange) -> Response:
    """The older way, without pages; an anonymous caller learns none."""
    known = RESOLUTIONS if exchange.viewer.account else ()
    return json_response([bodies.resolution(exchange.api, each) for each in known])


def resolution_pages(exchange: Exchange) -> Response:
    start = exchange.number("startAt", 0, 0, LARGEST_START)
    size = exchange.number("maxResults", 50, 1, 50)
    known = RESOLUTIONS if exchange.viewer.account else ()
    rows = [bodies.resolution(exchange.api, each) for each in known[start : start + size]]
    body: Json = {"startAt": start, "maxResults": size, "total": len(known)}
    return json_response(body | {"isLast": start + size >= len(known), "values": rows})


def _field(id_: str, name: str, clauses: list[str], schema: Json, *, custom: bool) -> Json:
    body: Json = {
        "id": id_,
        "key": id_,
        "name": name,
        "custom": custom,
        "orderable": True,
        "navigable": True,
        "searchable": True,
        "clauseNames": clauses,
    }
    return body | ({"schema": schema} if schema else {})


def _system_field(id_: str, name: str, type_: str, members: str, clauses: str) -> Json:
    schema: Json = {"type": type_, "system": id_} if type_ else {}
    if members:
        schema["items"] = members
    return _field(id_, name, clauses.split(), schema, custom=False)


def _custom_field(number: int, name: str, type_: str, members: str, made_from: str) -> Json:
    schema: Json = {"type": type_, "custom": made_from, "customId": number}
    if members:
        schema["items"] = members
    return _field(f"customfield_{number}", name, [f"cf[{number}]", name], schema, custom=True)
