"""The fields of an issue: their catalogue, their values, and which of them a caller asked for."""

from collections.abc import Callable, Iterable

from jira_sandbox.cloud import bodies
from jira_sandbox.messages import Json
from jira_sandbox.model.catalogue import (
    CLINICS,
    EPIC_LINK,
    SPRINT,
    STORY_POINT_ESTIMATE,
    STORY_POINTS,
)
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.planning import Sprint, release_of
from jira_sandbox.model.viewer import Viewer

Value = Callable[[Issue, Viewer, str], object]
HEAVY = frozenset({"comment", "worklog", "attachment"})
ALL, NAVIGABLE = "*all", "*navigable"
EPIC_LEVEL = 1
EXPANDABLE = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"


def _parent(issue: Issue, viewer: Viewer, api: str) -> Json | None:
    parent = viewer.site.issues.get(issue.parent or 0)
    by_link = viewer.on_premise and issue.kind.level >= 0
    if parent is None or by_link or not viewer.sees(parent):
        return None
    return _short(parent, api)


def _subtasks(issue: Issue, viewer: Viewer, api: str) -> list[Json]:
    below = (child for child in viewer.site.children(issue) if child.kind.level < 0)
    return [_short(child, api) for child in below if viewer.sees(child)]


def _short(issue: Issue, api: str) -> Json:
    fields = {
        "summary": issue.summary,
        "status": bodies.status(api, issue.status),
        "priority": bodies.priority(api),
        "issuetype": bodies.kind(api, issue.kind),
    }
    return {
        "id": str(issue.id),
        "key": issue.key,
        "self": f"{api}/issue/{issue.id}",
        "fields": fields,
    }


def _epic_link(issue: Issue, viewer: Viewer, _api: str) -> str | None:
    parent = viewer.site.issues.get(issue.parent or 0)
    classic = viewer.on_premise or not issue.project.team_managed
    return parent.key if parent and parent.kind.level == EPIC_LEVEL and classic else None


def _points(issue: Issue, viewer: Viewer, _api: str) -> float | None:
    return issue.points if viewer.on_premise else issue.story_points


def _tracking(issue: Issue, _viewer: Viewer, _api: str) -> Json:
    if issue.estimate is None:
        return {}
    hours = f"{issue.estimate // 3600}h"
    return {"originalEstimate": hours, "originalEstimateSeconds": issue.estimate}


def _releases(issue: Issue, _viewer: Viewer, api: str) -> list[Json]:
    release = release_of(issue)
    return [bodies.release(api, release)] if release else []


def _sprints(issue: Issue, _viewer: Viewer, _api: str) -> list[Json] | None:
    return [bodies.sprint(Sprint(issue.sprint))] if issue.sprint else None


def _empty(_issue: Issue, _viewer: Viewer, _api: str) -> None:
    return None


def _no_rows(_issue: Issue, _viewer: Viewer, _api: str) -> list[Json]:
    return []


def _comments(issue: Issue, _viewer: Viewer, api: str) -> Json:
    address = f"{api}/issue/{issue.id}/comment"
    return {"self": address, "startAt": 0, "maxResults": 0, "total": 0, "comments": []}


def _worklogs(_issue: Issue, _viewer: Viewer, _api: str) -> Json:
    return {"startAt": 0, "maxResults": 20, "total": 0, "worklogs": []}


def _progress(_issue: Issue, _viewer: Viewer, _api: str) -> Json:
    return {"progress": 0, "total": 0}


VALUES: dict[str, Value] = {
    "statuscategorychangedate": lambda i, _v, _a: bodies.moment(i.category_since or i.created),
    "issuetype": lambda i, _v, a: bodies.kind(a, i.kind),
    "project": lambda i, _v, a: bodies.project(a, i.project),
    "parent": _parent,
    "summary": lambda i, _v, _a: i.summary,
    "description": _empty,
    "environment": _empty,
    "status": lambda i, _v, a: bodies.status(a, i.status),
    "statusCategory": lambda i, _v, a: bodies.category(a, i.status.category),
    "resolution": lambda i, _v, a: bodies.resolution(a, i.resolution) if i.resolution else None,
    "resolutiondate": lambda i, _v, _a: bodies.moment(i.resolved) if i.resolved else None,
    "created": lambda i, _v, _a: bodies.moment(i.created),
    "updated": lambda i, _v, _a: bodies.moment(i.updated),
    "duedate": _empty,
    "lastViewed": _empty,
    "priority": lambda _i, _v, a: bodies.priority(a),
    "labels": lambda i, _v, _a: list(i.labels),
    "fixVersions": _releases,
    "versions": _no_rows,
    "components": _no_rows,
    "issuelinks": _no_rows,
    "subtasks": _subtasks,
    "assignee": lambda i, _v, a: bodies.account(a, i.assignee) if i.assignee else None,
    "reporter": lambda i, _v, a: bodies.account(a, i.reporter),
    "creator": lambda i, _v, a: bodies.account(a, i.reporter),
    "timeoriginalestimate": lambda i, _v, _a: i.estimate,
    "aggregatetimeoriginalestimate": lambda i, _v, _a: i.estimate,
    "timeestimate": _empty,
    "aggregatetimeestimate": _empty,
    "timespent": _empty,
    "aggregatetimespent": _empty,
    "timetracking": _tracking,
    "workratio": lambda _i, _v, _a: -1,
    "progress": _progress,
    "aggregateprogress": _progress,
    "votes": lambda i, _v, a: {
        "self": f"{a}/issue/{i.key}/votes",
        "votes": 0,
        "hasVoted": False,
    },
    "watches": lambda i, _v, a: {
        "self": f"{a}/issue/{i.key}/watchers",
        "watchCount": 1,
        "isWatching": False,
    },
    "security": lambda i, _v, a: (
        {"self": f"{a}/securitylevel/10000", "id": "10000", "name": "Admins", "description": ""}
        if i.locked
        else None
    ),
    f"customfield_{EPIC_LINK}": _epic_link,
    f"customfield_{STORY_POINT_ESTIMATE}": lambda i, _v, _a: i.story_point_estimate,
    f"customfield_{SPRINT}": _sprints,
    f"customfield_{STORY_POINTS}": _points,
    f"customfield_{CLINICS}": lambda i, _v, _a: i.clinics,
    "attachment": _no_rows,
    "comment": _comments,
    "worklog": _worklogs,
}


def chosen(names: Iterable[str]) -> list[str]:
    """The asked fields, in the catalogue's order; `-name` leaves one out, unknown names are
    passed over."""
    asked = [name.strip() for name in names if name.strip()]
    found: set[str] = set()
    for name in asked:
        if name in (ALL, NAVIGABLE):
            found |= VALUES.keys() - (HEAVY if name == NAVIGABLE else set())
        elif name.startswith("-"):
            found -= {name[1:]}
        else:
            found |= {name} & VALUES.keys()
    return [name for name in VALUES if name in found]


def issue_body(issue: Issue, viewer: Viewer, api: str, names: list[str]) -> Json:
    body: Json = {
        "expand": EXPANDABLE,
        "id": str(issue.id),
        "self": f"{api}/issue/{issue.id}",
        "key": issue.key,
    }
    if names:
        there = [name for name in names if name not in viewer.site.dropped]
        fields = {name: VALUES[name](issue, viewer, api) for name in there}
        if fields.get("parent", issue) is None:
            del fields["parent"]
        body["fields"] = fields
    return body
