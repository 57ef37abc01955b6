"""Jira Data Center as a caller meets it: one version of it, below its context path."""

from collections.abc import Iterator
from urllib.parse import quote

from jira_sandbox.cloud import bodies, catalogue, creating, issues, planning, remote_links
from jira_sandbox.cloud.cursors import Cursors
from jira_sandbox.cloud.exchange import AGILE, Exchange, Route, find_route
from jira_sandbox.credentials import Caller
from jira_sandbox.data_center import hooks, identity, searches, users
from jira_sandbox.data_center.bodies import translated
from jira_sandbox.data_center.doors import DeniedError, Doors
from jira_sandbox.messages import (
    RefusedError,
    Request,
    Response,
    json_response,
    redirect,
    refused_response,
)
from jira_sandbox.model.site import Site
from jira_sandbox.model.viewer import Viewer

API = "/rest/api/2"
CONTEXT = "/jira"
VERSION = (10, 3, 24)
PAGE_CAP = 1000
FIRST_ACCESS_TOKENS, FIRST_WITHOUT_PASSWORDS = (8, 14), (11,)
FIRST_BY_PROJECT, FIRST_WITHOUT_OLD = (8, 4), (9,)
BUILT = "2026-09-14T00:00:00.000+0000"

ROUTES = (
    Route("GET", "myself", identity.myself, api=API),
    Route("GET", "mypermissions", identity.my_permissions, api=API),
    Route("GET", "project", identity.projects, api=API),
    Route("GET", "project/{key}", identity.one_project, api=API),
    Route("GET", "project/{key}/versions", planning.versions, api=API),
    Route("GET", "version/{id}", planning.one_version, api=API),
    Route("GET", "filter/favourite", planning.favourite_filters, api=API),
    Route("GET", "filter/{id}", planning.one_filter, api=API),
    Route("GET", "jql/autocompletedata/suggestions", planning.suggestions, api=API),
    Route("GET", "sprint/{id}", planning.one_sprint, api=AGILE),
    Route("GET", "search", searches.by_query_string, api=API),
    Route("POST", "search", searches.by_body, api=API),
    Route("GET", "issue/picker", identity.suggest, api=API),
    Route("POST", "issue", creating.create, api=API, open=False),
    Route("GET", "issue/{key}", issues.one, api=API),
    Route("GET", "issue/{key}/remotelink", remote_links.every, api=API),
    Route("POST", "issue/{key}/remotelink", remote_links.keep, api=API),
    Route("DELETE", "issue/{key}/remotelink", remote_links.remove, api=API),
    Route("GET", "issue/{key}/transitions", issues.transitions, api=API),
    Route("POST", "issue/{key}/transitions", issues.perform_transition, api=API),
    Route("GET", "user/list", users.listed, api=API, open=False),
    Route("GET", "field", identity.fields, api=API),
    Route("GET", "status", catalogue.statuses, api=API),
    Route("GET", "statuscategory", catalogue.categories, api=API),
    Route("GET", "resolution", catalogue.resolutions, api=API),
)


def _asking_to_create(version: tuple[int, ...]) -> Iterator[Route[Exchange]]:
    """By project from 8.4 on; before 9.0 also for everything at once."""
    if version >= FIRST_BY_PROJECT:
        by_project = "issue/createmeta/{project}/issuetypes"
        yield Route("GET", by_project, creating.types, api=API)
        yield Route("GET", by_project + "/{type}", creating.fields, api=API)
    if version < FIRST_WITHOUT_OLD:
        yield Route("GET", "issue/createmeta", creating.everything, api=API)


class DataCenter:
    """`page_cap` is the administrator's bound of a page, `deployment` what the server calls itself;
    passwords are off from version 11 on, unless `passwords` says otherwise."""

    def __init__(
        self,
        site: Site,
        version: tuple[int, ...] = VERSION,
        context: str = CONTEXT,
        *,
        deployment: str = "Server",
        passwords: bool | None = None,
        page_cap: int = PAGE_CAP,
    ) -> None:
        self.site = site
        self.version = version
        self.context = context
        self.deployment = deployment
        self.page_cap = page_cap
        basic = version < FIRST_WITHOUT_PASSWORDS if passwords is None else passwords
        self.doors = Doors(site, basic, version >= FIRST_ACCESS_TOKENS)
        about = Route("GET", "serverInfo", self.about_server, api=API)
        creating = _asking_to_create(version)
        self.routes = (about, *creating, *ROUTES, *hooks.routes(version))

    def owns(self, request: Request) -> bool:
        return f"{request.path}/".startswith(f"{self.context}/")

    def answer(self, request: Request) -> Response:
        if self.context and not request.path.startswith(f"{self.context}/rest/"):
            return redirect(request.path.removeprefix(self.context) or "/", 302)
        try:
            caller = self.doors.admit(request, f"{self._root(request)}/login.jsp")
            response = self._visit(request, caller)
        except DeniedError as denied:
            return denied.response
        except RefusedError as error:
            response = refused_response(error)
        response.caller = caller.name
        response.headers |= _headers(caller)
        return response

    def about_server(self, exchange: Exchange) -> Response:
        return json_response(
            {
                "baseUrl": exchange.root,
                "version": ".".join(map(str, self.version)),
                "versionNumbers": list(self.version),
                "deploymentType": self.deployment,
                "buildNumber": 100_000 * self.version[0],
                "buildDate": BUILT,
                "serverTime": bodies.moment(self.site.clock()),
                "scmInfo": "sandbox",
                "serverTitle": "Sandbox Jira",
            }
        )

    def _visit(self, request: Request, caller: Caller) -> Response:
        path = request.path.removeprefix(self.context)
        route, named = find_route(self.routes, request.method, path)
        root = self._root(request)
        exchange = Exchange(
            request=request,
            viewer=Viewer(self.site, caller.account, request.unseen, on_premise=True),
            site_root=root,
            root=root,
            cursors=Cursors(),
            page_size=self.page_cap,
            named=named,
            api_path=API,
        )
        with self.site.lock:
            response = route.resource(exchange)
        if response.body:
            people = {account.id: account for account in self.site.accounts.values()}
            response = json_response(translated(response.json(), root, people), response.status)
        return response

    def _root(self, request: Request) -> str:
        return f"http://{request.host}{self.context}"


def _headers(caller: Caller) -> dict[str, str]:
    headers = {
        "Cache-Control": "no-cache, no-store, no-transform",
        "X-Content-Type-Options": "nosniff",
        "X-AUSERNAME": quote(caller.account.name) if caller.account else "anonymous",
    }
    if caller.account:
        headers["X-Seraph-LoginReason"] = "OK"
    elif caller.rejected:
        headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return headers
