"""Jira Cloud as a caller meets it: the site and its gateway, credentials, routes, headers."""

import re
from urllib.parse import quote

from jira_sandbox.cloud import (
    catalogue,
    changelogs,
    creating,
    hooks,
    identity,
    issues,
    permissions,
    picker,
    planning,
    projects,
    remote_links,
    searches,
    users,
)
from jira_sandbox.cloud.cursors import Cursors
from jira_sandbox.cloud.exchange import AGILE, HOOKS, Exchange, Route, find_route
from jira_sandbox.credentials import Caller, identify
from jira_sandbox.gateway import CLOUD_ID, refused_by_gateway
from jira_sandbox.messages import RefusedError, Request, Response, json_response, refused_response
from jira_sandbox.model.site import Site
from jira_sandbox.model.viewer import Viewer

GATEWAY = re.compile(r"/ex/jira/(?P<cloud>[^/]+)(?P<rest>/.*)")
TENANT = "/_edge/tenant_info"
OLD_SEARCHES = ("/rest/api/2/search", "/rest/api/3/search")
PAGE_SIZE = 100
WRITE = "write:jira-work"
READ_USERS, CONFIGURE = "read:jira-user", "manage:jira-configuration"

ROUTES = (
    Route("GET", "serverInfo", identity.about_server, scope=""),
    Route("GET", "myself", identity.myself, scope=READ_USERS, open=False),
    Route("GET", "mypermissions", identity.my_permissions),
    Route("POST", "permissions/check", permissions.check),
    Route("GET", "project/search", projects.search),
    Route("GET", "project/{key}", projects.one),
    Route("GET", "project/{key}/versions", planning.versions),
    Route("GET", "version/{id}", planning.one_version),
    Route("GET", "filter/search", planning.search_filters),
    Route("GET", "filter/favourite", planning.favourite_filters),
    Route("GET", "filter/{id}", planning.one_filter),
    Route("GET", "jql/autocompletedata/suggestions", planning.suggestions),
    Route("GET", "sprint/{id}", planning.one_sprint, scope="read:sprint:jira-software", api=AGILE),
    Route("GET", "search/jql", searches.by_query_string),
    Route("POST", "search/jql", searches.by_body),
    Route("POST", "search/approximate-count", searches.approximate_count),
    Route("POST", "jql/parse", searches.parse_queries),
    Route("POST", "issue/bulkfetch", issues.many),
    Route("GET", "issue/picker", picker.suggest),
    Route("GET", "issue/createmeta/{project}/issuetypes", creating.types),
    Route("GET", "issue/createmeta/{project}/issuetypes/{type}", creating.fields),
    Route("POST", "issue", creating.create, scope=WRITE, open=False),
    Route("GET", "issue/{key}", issues.one),
    Route("GET", "issue/{key}/remotelink", remote_links.every),
    Route("POST", "issue/{key}/remotelink", remote_links.keep, scope=WRITE),
    Route("DELETE", "issue/{key}/remotelink", remote_links.remove, scope=WRITE),
    Route("POST", "changelog/bulkfetch", changelogs.bulk),
    Route("GET", "issue/{key}/changelog", changelogs.of_one),
    Route("GET", "issue/{key}/transitions", issues.transitions),
    Route("POST", "issue/{key}/transitions", issues.perform_transition, scope=WRITE),
    Route("GET", "users/search", users.search, scope=READ_USERS),
    Route("GET", "user", users.one, scope=READ_USERS),
    Route("DELETE", "user", users.remove, scope=CONFIGURE),
    Route("GET", "group/bulk", users.groups, scope=READ_USERS),
    Route("GET", "group/member", users.members, scope=CONFIGURE),
    Route("GET", "field", catalogue.fields),
    Route("GET", "status", catalogue.statuses),
    Route("GET", "statuscategory", catalogue.categories),
    Route("GET", "resolution", catalogue.resolutions),
    Route("GET", "resolution/search", catalogue.resolution_pages),
    Route("GET", "webhook", hooks.every, api=HOOKS),
    Route("POST", "webhook", hooks.register, scope="manage:jira-webhook", api=HOOKS),
    Route("DELETE", "webhook/{number}", hooks.remove, scope="manage:jira-webhook", api=HOOKS),
)


class Cloud:
    """`page_size` is the most issues that a page of a search with fields holds."""

    def __init__(self, site: Site, page_size: int = PAGE_SIZE) -> None:
        self.site = site
        self.page_size = page_size
        self.cursors = Cursors()

    def answer(self, request: Request) -> Response:
        caller = identify(request, self.site)
        try:
            response = self._answer(request, caller)
        except RefusedError as error:
            response = refused_response(error)
        response.caller = caller.name
        response.headers |= _headers(caller)
        return response

    def _answer(self, request: Request, caller: Caller) -> Response:
        if request.path == TENANT:
            return json_response({"cloudId": CLOUD_ID})
        if request.path in OLD_SEARCHES:
            raise RefusedError(410, "This search has been removed. Use /rest/api/3/search/jql.")
        behind = GATEWAY.fullmatch(request.path)
        path = behind["rest"] if behind else request.path
        route, named = find_route(ROUTES, request.method, path)
        if behind:
            if refused := refused_by_gateway(behind["cloud"], caller, route.scope):
                return refused
        elif caller.token and caller.token.scoped and route.scope:
            raise RefusedError(401, "A token with scopes does not work at this address.")
        return self._visit(request, caller, route, named, behind is not None)

    def _visit(
        self,
        request: Request,
        caller: Caller,
        route: Route[Exchange],
        named: dict[str, str],
        behind: bool,
    ) -> Response:
        if not route.open and caller.account is None:
            raise RefusedError(401, "Sign in first: nobody reads this anonymously.")
        root = f"http://{request.host}"
        exchange = Exchange(
            request=request,
            viewer=Viewer(self.site, caller.account, request.unseen),
            site_root=root,
            root=f"{root}/ex/jira/{CLOUD_ID}" if behind else root,
            cursors=self.cursors,
            page_size=self.page_size,
            named=named,
        )
        with self.site.lock:
            return route.resource(exchange)


def _headers(caller: Caller) -> dict[str, str]:
    headers = {
        "Cache-Control": "no-cache, no-store, no-transform",
        "X-Content-Type-Options": "nosniff",
        "X-RateLimit-Limit": "400",
        "X-RateLimit-Remaining": "399",
    }
    if caller.account:
        headers["X-AACCOUNTID"] = quote(caller.account.id, safe="")
        headers["X-Seraph-LoginReason"] = "OK"
    elif caller.rejected:
        headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return headers
