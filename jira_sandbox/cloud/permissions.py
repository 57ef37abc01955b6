"""`permissions/check`: many rights at once, of the caller or, for administrators, of anybody."""

from typing import Any

from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.identity import PERMISSIONS, permission
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.viewer import Viewer

AT_MOST = 1000


def check(exchange: Exchange) -> Response:
    body = exchange.request.json()
    viewer = _viewer(exchange, body.get("accountId"))
    wanted = [key for key in body.get("globalPermissions") or [] if key]
    _refuse_unknown(wanted, concerns_project=False)
    asked = [each for each in body.get("projectPermissions") or [] if isinstance(each, dict)]
    held = [key for key in wanted if permission(key, viewer, None)["havePermission"]]
    grants = [_granted(viewer, each, key) for each in asked for key in _keys(each)]
    return json_response({"globalPermissions": held, "projectPermissions": grants})


def _viewer(exchange: Exchange, account_id: Any) -> Viewer:
    own = exchange.viewer.account
    if not account_id or (own and own.id == account_id):
        return exchange.viewer
    if not exchange.viewer.is_admin:
        raise RefusedError(403, "Only Jira administrators can perform this operation.")
    for account in exchange.site.accounts.values():
        if account.id == account_id:
            return Viewer(exchange.site, account)
    raise RefusedError(400, accountId="There is no such account.")


def _keys(asked: Json) -> list[str]:
    keys = [key for key in asked.get("permissions") or [] if key]
    if not keys:
        raise RefusedError(400, "Name at least one permission.")
    _refuse_unknown(keys, concerns_project=True)
    return keys


def _refuse_unknown(keys: list[str], *, concerns_project: bool) -> None:
    for key in keys:
        if key not in PERMISSIONS or PERMISSIONS[key][2] is not concerns_project:
            raise RefusedError(400, **{str(key): "Unrecognized permission"})


def _granted(viewer: Viewer, asked: Json, key: str) -> Json:
    """What is not there, or not to be seen, is left out without a word."""
    projects, issues = asked.get("projects") or [], asked.get("issues") or []
    if len(projects) > AT_MOST or len(issues) > AT_MOST:
        raise RefusedError(400, f"At most {AT_MOST} can be checked at once.")
    return {
        "permission": key,
        "projects": [number for number in projects if _in_project(viewer, key, str(number))],
        "issues": [number for number in issues if _on_issue(viewer, key, str(number))],
    }


def _in_project(viewer: Viewer, key: str, number: str) -> bool:
    project = viewer.project(number)
    return project is not None and permission(key, viewer, project)["havePermission"]


def _on_issue(viewer: Viewer, key: str, number: str) -> bool:
    issue = viewer.issue(number)
    return issue is not None and permission(key, viewer, issue.project)["havePermission"]
