"""What happened to issues: inside an issue, page by page, and of many issues at once."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.searches import refuse_unknown, texts
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.issue import Change, Issue

MOST_ISSUES, MOST_FIELDS = 1_000, 10
USUAL_PAGE, LARGEST_PAGE = 1_000, 10_000
PAGE_OF_ONE = 100
LARGEST_START = 1_000_000
BULK_NAMES = frozenset({"issueIdsOrKeys", "fieldIds", "maxResults", "nextPageToken"})
Entry = tuple[Issue, int]
"""An issue and the place of a change in its history."""


def bulk(exchange: Exchange) -> Response:
    """Oldest change first. Issues without a change are left out, as are those out of sight."""
    body = exchange.request.json()
    refuse_unknown(body, BULK_NAMES)
    wanted, fields = texts(body, "issueIdsOrKeys"), texts(body, "fieldIds")
    size = body.get("maxResults", USUAL_PAGE)
    if not 1 <= len(wanted) <= MOST_ISSUES:
        raise RefusedError(400, f"Ask for at least one and at most {MOST_ISSUES} issues.")
    if len(fields) > MOST_FIELDS or len(set(fields)) < len(fields):
        raise RefusedError(400, f"'fieldIds' takes up to {MOST_FIELDS} different fields.")
    if type(size) is not int or not 1 <= size <= LARGEST_PAGE:
        raise RefusedError(400, f"'maxResults' has to be a number from 1 to {LARGEST_PAGE}.")
    entries = _entries(exchange, wanted, fields)
    start = _place(body.get("nextPageToken"), len(entries))
    page = entries[start : start + size]
    more = {"nextPageToken": f"from-{start + size}"} if start + size < len(entries) else {}
    return json_response({"issueChangeLogs": _by_issue(exchange, page, fields)} | more)


def of_one(exchange: Exchange) -> Response:
    issue = exchange.issue()
    start = exchange.number("startAt", 0, 0, LARGEST_START)
    size = min(exchange.number("maxResults", PAGE_OF_ONE, 1, LARGEST_START), PAGE_OF_ONE)
    rows = [entry(exchange.api, issue, number) for number in range(len(issue.history))]
    values = rows[start : start + size]
    return json_response(
        {
            "self": f"{exchange.api}/issue/{issue.key}/changelog",
            "maxResults": size,
            "startAt": start,
            "total": len(rows),
            "isLast": start + size >= len(rows),
            "values": values,
        }
    )


def inside(api: str, issue: Issue, *, newest_first: bool = True) -> Json:
    """As an issue carries it: Cloud tells the newest first, Data Center the oldest."""
    rows = [entry(api, issue, number) for number in range(len(issue.history))]
    told = rows[::-1] if newest_first else rows
    return {"startAt": 0, "maxResults": len(rows), "total": len(rows), "histories": told}


def entry(api: str, issue: Issue, number: int, fields: Collection[str] = ()) -> Json:
    change = issue.history[number]
    return {
        "id": str(issue.id * 1000 + number),
        "author": bodies.account(api, change.author),
        "created": bodies.moment(change.at),
        "items": [row for row in _differences(change) if not fields or row["fieldId"] in fields],
    }


def _differences(change: Change) -> list[Json]:
    """What is not there is left out, but for the text of what it became, which every row has."""
    rows = map(bodies.difference, change.differences)
    return [
        {name: value for name, value in row.items() if value is not None} | _became(row)
        for row in rows
    ]


def _became(row: Json) -> Json:
    return {"toString": row["toString"] or ""}


def _entries(exchange: Exchange, wanted: Sequence[str], fields: Collection[str]) -> list[Entry]:
    found = {issue.id: issue for each in wanted if (issue := exchange.viewer.issue(each))}
    entries = [
        (issue, number)
        for issue in found.values()
        for number, change in enumerate(issue.history)
        if not fields or any(row["fieldId"] in fields for row in _differences(change))
    ]
    return sorted(entries, key=lambda each: (each[0].history[each[1]].at, each[0].id, each[1]))


def _place(token: Any, count: int) -> int:
    if token is None:
        return 0
    start = str(token).removeprefix("from-")
    if not start.isdecimal() or int(start) >= count:
        raise RefusedError(400, "The page token is not valid, or has expired.")
    return int(start)


def _by_issue(exchange: Exchange, page: list[Entry], fields: Collection[str]) -> list[Json]:
    in_order = sorted(page, key=lambda each: each[0].id)
    return [
        {
            "issueId": str(number),
            "changeHistories": [entry(exchange.api, *each, fields) for each in group],
        }
        for number, group in groupby(in_order, key=lambda each: each[0].id)
    ]
