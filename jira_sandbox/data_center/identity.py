"""Who the server is, who the caller is, what the caller may do and which projects are there."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.catalogue import CUSTOM_FIELDS
from jira_sandbox.cloud.catalogue import fields as cloud_fields
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.identity import PERMISSIONS, asked_project, permission
from jira_sandbox.cloud.picker import suggest as cloud_suggest
from jira_sandbox.data_center.bodies import person
from jira_sandbox.messages import RefusedError, Response, json_response
from jira_sandbox.model.catalogue import STORY_POINT_ESTIMATE

CLOUD_FIELDS = {
    *("statuscategorychangedate", "statusCategory", "parent"),
    *(f"customfield_{row[0]}" for row in CUSTOM_FIELDS if row[0] == STORY_POINT_ESTIMATE),
}


def myself(exchange: Exchange) -> Response:
    account = exchange.viewer.account
    if account is None:
        raise RefusedError(401, "You are not authenticated. Sign in to read this.")
    wrapped = {"size": 1, "items": []}
    body = person(exchange.root, account) | {"deleted": False, "locale": "en_US"}
    body |= {"groups": wrapped, "applicationRoles": wrapped, "expand": "groups,applicationRoles"}
    return json_response(body)


def my_permissions(exchange: Exchange) -> Response:
    """All of them, whatever is asked."""
    project = asked_project(exchange)
    held = {key: permission(key, exchange.viewer, project) for key in PERMISSIONS}
    return json_response({"permissions": held})


def projects(exchange: Exchange) -> Response:
    return json_response(
        [bodies.project(exchange.api, each) for each in exchange.viewer.projects()]
    )


def one_project(exchange: Exchange) -> Response:
    project = exchange.viewer.project(exchange.named["key"])
    if project is None:
        raise RefusedError(404, "The project does not exist, or this account may not see it.")
    return json_response(bodies.project(exchange.api, project))


def fields(exchange: Exchange) -> Response:
    rows = cloud_fields(exchange).json()
    kept = [each for each in rows if each["id"] not in CLOUD_FIELDS]
    return json_response([{n: v for n, v in each.items() if n != "key"} for each in kept])


def suggest(exchange: Exchange) -> Response:
    """Here a suggestion has no number."""
    body = cloud_suggest(exchange).json()
    for section in body["sections"]:
        section["issues"] = [
            {name: value for name, value in row.items() if name != "id"}
            for row in section["issues"]
        ]
    return json_response(body)
