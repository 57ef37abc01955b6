"""Our records as the bodies that Jira takes, and its answers about what it would take."""

from collections.abc import Callable
from typing import Any, TypeVar

from atlassian.client.shapes import ShapeError, number, readable, required, rows, table, text

from .readings import key
from .records import IssueType, NeededField, NewIssue, RemoteLink

T = TypeVar("T")
ReadRows = Callable[[list[Any]], list[T]]
PLACES = ("issueTypes", "fields", "values")
OURS = ("project", "issuetype", "summary", "reporter")
"""What we always give, and the reporter, whom Jira fills in itself."""


def remote_link_body(link: RemoteLink) -> dict[str, Any]:
    """Whole: what is left out Jira empties."""
    return {
        "globalId": link.global_id,
        "application": {"type": link.application_type, "name": link.application},
        "relationship": link.relationship,
        "object": {
            "url": link.url,
            "title": link.title,
            "summary": link.summary,
            "icon": {"url16x16": link.icon_url, "title": "Key result"},
            "status": {
                "resolved": link.resolved,
                "icon": {"url16x16": link.status_icon_url, "title": link.status, "link": link.url},
            },
        },
    }


def new_issue(body: Any) -> NewIssue:
    return NewIssue(number(body, "id"), key(body))


def page_of(body: Any, read: ReadRows[T]) -> tuple[list[T], bool]:
    """The rows of a page, and whether it is the last."""
    place = next((name for name in PLACES if isinstance(body, dict) and name in body), PLACES[0])
    found = rows(body, place)
    end = number(body, "startAt") + len(found)
    return read(found), not found or end >= number(body, "total")


def issue_types(found: list[Any]) -> list[IssueType]:
    """Without sub-tasks: they would need an issue to belong to."""
    return [each for each in readable(found, issue_type) if not each.is_subtask]


def issue_type(body: Any) -> IssueType:
    return IssueType(required(body, "id"), required(body, "name"), body.get("subtask") is True)


def needed_fields(found: list[Any]) -> list[NeededField]:
    return readable(found, needed_field)


def needed_field(body: Any) -> NeededField:
    name = text(body, "fieldId") or text(body, "key")
    wanted = body.get("required") is True and body.get("hasDefaultValue") is not True
    return NeededField(name, required(body, "name"), wanted and name not in OURS)


def old_types(body: Any) -> list[Any]:
    """All types of the one project asked for, as Jira told it before 8.4."""
    found = rows(body, "projects")
    return rows(found[0], "issuetypes") if found else []


def old_fields(body: Any, type_id: str) -> list[Any]:
    for row in old_types(body):
        if required(row, "id") == type_id:
            fields = table(row, "fields")
            return [{"fieldId": name, **each} for name, each in fields.items()]
    raise ShapeError("issuetypes")


def document(written: str) -> dict[str, Any]:
    """A plain text as a document of Cloud: a paragraph for each line."""
    lines = [line.strip() for line in written.splitlines()]
    return {
        "type": "doc",
        "version": 1,
        "content": [_paragraph(line) for line in lines if line],
    }


def _paragraph(line: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": line}]}
