"""Who the server is, who the caller is, and what the caller may do."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.nouns import Project, Role
from jira_sandbox.model.viewer import Viewer

BUILT = "2026-10-05T06:12:00.000+0000"
# key: number, name, whether it concerns a project, the role that it needs
PERMISSIONS = {
    "ADMINISTER": ("0", "Administer Jira", False, Role.ADMIN),
    "USER_PICKER": ("27", "Browse users and groups", False, Role.MEMBER),
    "BROWSE_PROJECTS": ("10", "Browse projects", True, Role.MEMBER),
    "CREATE_ISSUES": ("11", "Create issues", True, Role.MEMBER),
    "EDIT_ISSUES": ("12", "Edit issues", True, Role.MEMBER),
    "TRANSITION_ISSUES": ("46", "Transition issues", True, Role.MEMBER),
    "LINK_ISSUES": ("21", "Link issues", True, Role.MEMBER),
    "ADMINISTER_PROJECTS": ("23", "Administer projects", True, Role.ADMIN),
    "SET_ISSUE_SECURITY": ("26", "Set issue security", True, Role.ADMIN),
}


def about_server(exchange: Exchange) -> Response:
    root = exchange.site_root
    return json_response(
        {
            "baseUrl": root,
            "displayUrl": root,
            "displayUrlServicedeskHelpCenter": root,
            "displayUrlConfluence": root,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100_300,
            "buildDate": BUILT,
            "serverTime": bodies.moment(exchange.site.clock()),
            "scmInfo": "sandbox",
            "serverTitle": "Sandbox Jira",
            "serverTimeZone": "Etc/UTC",
        }
    )


def myself(exchange: Exchange) -> Response:
    account = exchange.viewer.account
    if account is None:
        raise RefusedError(401, "Sign in to read this.")
    body = bodies.account(exchange.api, account)
    body |= {"emailAddress": account.email, "locale": "en_US"}
    wrapped = {"size": 1, "items": []}
    body |= {"groups": wrapped, "applicationRoles": wrapped, "expand": "groups,applicationRoles"}
    return json_response(body)


def my_permissions(exchange: Exchange) -> Response:
    asked = [key for key in exchange.request.argument("permissions").split(",") if key]
    if not asked:
        raise RefusedError(400, "Name the permissions to check in 'permissions'.")
    for key in asked:
        if key not in PERMISSIONS:
            raise RefusedError(400, f"There is no permission '{key}'.")
    project = asked_project(exchange)
    permissions = {key: permission(key, exchange.viewer, project) for key in asked}
    return json_response({"permissions": permissions})


def asked_project(exchange: Exchange) -> Project | None:
    """The project that the question is about, named itself or by one of its issues."""
    for name in ("projectKey", "projectId"):
        if given := exchange.request.argument(name):
            if project := exchange.viewer.project(given):
                return project
            raise RefusedError(404, f"There is no project '{given}' that this account may see.")
    for name in ("issueKey", "issueId"):
        if given := exchange.request.argument(name):
            if issue := exchange.viewer.issue(given):
                return issue.project
            raise RefusedError(404, f"There is no issue '{given}' that this account may see.")
    return None


def permission(key: str, viewer: Viewer, project: Project | None) -> Json:
    number, name, concerns_project, role = PERMISSIONS[key]
    places = [project] if project else viewer.projects()
    held = any(viewer.holds(key, place) for place in places)
    allowed = viewer.is_admin or (role is Role.MEMBER and held)
    return {
        "id": number,
        "key": key,
        "name": name,
        "type": "PROJECT" if concerns_project else "GLOBAL",
        "description": "",
        "havePermission": allowed,
    }
