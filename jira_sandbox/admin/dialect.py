"""Atlassian above the sites: `/admin` is the organizations API, `/users` is user management.

Both stand on one host with the gateway of scoped tokens, and take the API key of an organization.
"""

from jira_sandbox.admin import access, lifecycle, orgs, users
from jira_sandbox.admin.asking import Ask
from jira_sandbox.admin.keys import (
    ACCOUNTS,
    DIRECTORIES,
    UNSCOPED,
    check_scope,
    identify,
    refuse_scoped,
)
from jira_sandbox.admin.refusals import PREFIXES, DeclinedError, declined, translated
from jira_sandbox.cloud.exchange import Route, find_route
from jira_sandbox.messages import RefusedError, Request, Response
from jira_sandbox.model.organization import Organization, OrganizationKey
from jira_sandbox.model.site import Site

V1, V2, MANAGE = "/admin/v1", "/admin/v2", "/users"
DIRECTORY = "orgs/{org}/directories/{directory}"
ACCOUNT = f"{DIRECTORY}/users/{{account}}"
LIFECYCLE = "{account}/manage/lifecycle"

ROUTES = (
    Route("GET", "orgs", orgs.every, scope="", api=V1),
    Route("GET", "orgs/{org}", orgs.one, scope="", api=V1),
    Route("GET", "orgs/{org}/users", users.managed, scope=ACCOUNTS, api=V1),
    Route(
        "GET",
        "orgs/{org}/directory/users/{account}/last-active-dates",
        users.last_active,
        scope=DIRECTORIES,
        api=V1,
    ),
    Route("GET", "orgs/{org}/directories", orgs.directories, scope=DIRECTORIES, api=V2),
    Route("GET", f"{DIRECTORY}/groups", orgs.groups, scope=DIRECTORIES, api=V2),
    Route("GET", f"{DIRECTORY}/groups/{{group}}", orgs.group, scope=DIRECTORIES, api=V2),
    Route("GET", f"{DIRECTORY}/users", users.listed, scope=DIRECTORIES, api=V2),
    Route("POST", f"{DIRECTORY}/users/search", users.search, scope=DIRECTORIES, api=V2),
    Route("GET", f"{DIRECTORY}/users/count", users.count, scope=DIRECTORIES, api=V2),
    Route("GET", ACCOUNT, users.one, scope=DIRECTORIES, api=V2),
    Route("DELETE", ACCOUNT, access.remove, scope=UNSCOPED, api=V2),
    Route("GET", f"{ACCOUNT}/role-assignments", users.role_assignments, DIRECTORIES, api=V2),
    Route("POST", f"{ACCOUNT}/suspend", access.suspend, scope=UNSCOPED, api=V2),
    Route("POST", f"{ACCOUNT}/restore", access.restore, scope=UNSCOPED, api=V2),
    Route("GET", "{account}/manage", lifecycle.permissions, api=MANAGE),
    Route("POST", f"{LIFECYCLE}/disable", lifecycle.disable, api=MANAGE),
    Route("POST", f"{LIFECYCLE}/enable", lifecycle.enable, api=MANAGE),
    Route("POST", f"{LIFECYCLE}/delete", lifecycle.delete, api=MANAGE),
    Route("POST", f"{LIFECYCLE}/cancel-delete", lifecycle.cancel_delete, api=MANAGE),
)


class Admin:
    def __init__(self, site: Site) -> None:
        self.site = site

    def owns(self, request: Request) -> bool:
        return request.path.startswith(PREFIXES)

    def answer(self, request: Request) -> Response:
        caller = "rejected" if "authorization" in request.headers else "anonymous"
        try:
            key = identify(request, self.site)
            caller = self._name(key)
            response = self._visit(request, key)
        except DeclinedError as error:
            response = error.response
        except RefusedError as error:
            response = translated(error).response
        response.caller = caller
        response.headers |= {"X-RateLimit-Limit": "500", "X-RateLimit-Remaining": "499"}
        return response

    def _visit(self, request: Request, key: OrganizationKey) -> Response:
        route, named = find_route(ROUTES, request.method, request.path)
        if route.api == MANAGE:
            refuse_scoped(key)
        else:
            check_scope(key, route.scope)
        with self.site.lock:
            organization = self._organization(key, named.get("org", key.organization))
            root = f"http://{request.host}"
            ask = Ask(request, self.site, key, organization, root, named)
            return route.resource(ask)

    def _organization(self, key: OrganizationKey, wanted: str) -> Organization:
        """The one of the key; another that is there may not be managed with it."""
        every = self.site.people.organizations.by_id
        if wanted not in every:
            raise declined("ADMIN-404-2", "There is no organization with this id.")
        if wanted != key.organization:
            raise declined("ADMIN-403-3", "This key belongs to another organization.")
        return every[wanted]

    def _name(self, key: OrganizationKey) -> str:
        profiles = self.site.people.organizations.by_id[key.organization].profiles
        return profiles[key.maker].email
