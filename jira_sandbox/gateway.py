"""Atlassian's gateway, where scoped tokens work: whom it lets through to a site."""

from uuid import uuid5

from jira_sandbox.credentials import Caller
from jira_sandbox.messages import Response, json_response
from jira_sandbox.model.seeding import NAMESPACE

CLOUD_ID = str(uuid5(NAMESPACE, "cloud"))


def refused_by_gateway(
    cloud: str, caller: Caller, scope: str, *, classic: bool = False
) -> Response | None:
    """`scope` is what the token needs there; none where it is empty. `classic` says whether a token
    without scopes is let through too."""
    if cloud != CLOUD_ID:
        return json_response({"code": 404, "message": "There is no site with this id"}, 404)
    if caller.token is None or not (classic or caller.token.scoped):
        return json_response({"code": 401, "message": "Unauthorized"}, 401)
    if scope and not caller.holds(scope):
        return json_response({"code": 401, "message": "Unauthorized; scope does not match"}, 401)
    return None
