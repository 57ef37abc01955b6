"""`user/list`: every account, page by page, by a cursor that says nothing to the caller."""

from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.users import everybody
from jira_sandbox.data_center.bodies import person
from jira_sandbox.messages import Json, Response, json_response

LARGEST_PAGE = 2000


def listed(exchange: Exchange) -> Response:
    cursor = exchange.request.argument("cursor")
    size = min(exchange.number("maxResults", LARGEST_PAGE, 1, 100_000), LARGEST_PAGE)
    waiting = [each for each in everybody(exchange) if each.id > cursor]
    page = waiting[:size]
    body: Json = {
        "self": f"{exchange.api}/user/list?cursor={cursor}",
        "maxResults": size,
        "isLast": len(waiting) <= size,
        "values": [person(exchange.root, each) for each in page],
    }
    if not body["isLast"]:
        body["nextCursor"] = page[-1].id
        body["nextPage"] = f"{exchange.api}/user/list?cursor={page[-1].id}"
    return json_response(body)
