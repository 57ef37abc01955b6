"""`spaces` of version 2: those that the caller may see, and what may be done in one.

Atlassian, Confluence Cloud REST API v2, groups "Space" and "Operation".
"""

from jira_sandbox.confluence.bodies import moment
from jira_sandbox.confluence.cloud.pages import paged
from jira_sandbox.confluence.refusals import BadParameterError
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.page import Space


def many(visit: Visit) -> Response:
    """Keys are known in whatever case."""
    keys, numbers = [key.casefold() for key in visit.listed("keys")], visit.listed("ids")
    rows = [
        _body(visit, space)
        for space in sorted(visit.reader.spaces(), key=lambda each: each.id)
        if (not keys or space.key.casefold() in keys) and (not numbers or str(space.id) in numbers)
    ]
    return paged(visit, "spaces", rows)


def one(visit: Visit) -> Response:
    space = _found(visit)
    body = _body(visit, space)
    return json_response(body | {"_links": body["_links"] | {"base": visit.base}})


def operations(visit: Visit) -> Response:
    names = [("read", "space")]
    names += [("create", "page")] if visit.reader.may_add_to(_found(visit)) else []
    rows = [{"operation": verb, "targetType": target} for verb, target in names]
    return json_response({"operations": rows})


def _found(visit: Visit) -> Space:
    number = visit.named["id"]
    if not number.isdecimal():
        raise BadParameterError(number, "id", "long")
    space = next((each for each in visit.reader.spaces() if str(each.id) == number), None)
    if space is None:
        raise RefusedError(404, "Not Found")
    return space


def _body(visit: Visit, space: Space) -> Json:
    home = visit.wiki.home(space)
    return {
        "id": str(space.id),
        "key": space.key,
        "name": space.name,
        "type": "global",
        "status": "current",
        "authorId": home.first.author.id if home else None,
        "createdAt": moment(home.first.at) if home else None,
        "homepageId": str(home.id) if home else None,
        "description": None,
        "icon": None,
        "currentActiveAlias": space.key,
        "_links": {"webui": f"/spaces/{space.key}"},
    }
