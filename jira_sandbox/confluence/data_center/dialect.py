"""Confluence Data Center as a caller meets it: one version of it, below its context path."""

from urllib.parse import quote

from jira_sandbox.cloud.cursors import Cursors
from jira_sandbox.cloud.exchange import Route, find_route
from jira_sandbox.confluence import refusals
from jira_sandbox.confluence.data_center import content, places, publishing
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.credentials import Caller
from jira_sandbox.data_center.doors import DeniedError, Doors
from jira_sandbox.messages import (
    RefusedError,
    Request,
    Response,
    html_response,
    json_response,
)
from jira_sandbox.model.reader import Reader
from jira_sandbox.model.site import Site

CONTEXT = "/confluence"
VERSION = (9, 2, 9)
FIRST_ACCESS_TOKENS = (7, 9)
API, APPLINKS = "/rest/api", "/rest/applinks/1.0"

ROUTES = (
    Route("GET", "user/current", places.current_user, api=API),
    Route("GET", "user", places.one_user, api=API),
    Route("GET", "space", places.spaces, api=API),
    Route("GET", "space/{key}", places.one_space, api=API),
    Route("GET", "search", content.search_everything, api=API),
    Route("GET", "content", content.many, api=API),
    Route("POST", "content", publishing.create, api=API),
    Route("GET", "content/search", content.search, api=API),
    Route("GET", "content/{id}", content.one, api=API),
    Route("PUT", "content/{id}", publishing.change, api=API),
)


class ConfluenceDataCenter:
    """`passwords` says whether an administrator leaves Basic authentication on."""

    def __init__(
        self,
        site: Site,
        version: tuple[int, ...] = VERSION,
        context: str = CONTEXT,
        *,
        passwords: bool = True,
    ) -> None:
        self.site = site
        self.version = version
        self.context = context
        self.doors = Doors(site, passwords, version >= FIRST_ACCESS_TOKENS)
        self.cursors = Cursors()
        self.routes = (Route("GET", "manifest", self.manifest, api=APPLINKS), *ROUTES)

    def owns(self, request: Request) -> bool:
        return request.path.startswith(f"{self.context}/rest/")

    def answer(self, request: Request) -> Response:
        if not self.owns(request):
            return html_response("<!doctype html><title>Page Not Found - Confluence</title>", 404)
        try:
            caller = self.doors.admit(request, f"http://{request.host}{self.context}/login.action")
        except DeniedError as denied:
            return denied.response
        try:
            response = self._visit(request, caller)
        except RefusedError as error:
            response = refusals.on_premise(error)
        response.caller = caller.name
        response.headers |= _headers(caller)
        return response

    def manifest(self, visit: Visit) -> Response:
        """What the server is, told to anybody; the same address exists on Jira."""
        return json_response(
            {
                "id": "8c1f8d0e-7d55-3a6c-9a3e-2a1f4c0f7a11",
                "name": "Sandbox Confluence",
                "typeId": "confluence",
                "version": ".".join(map(str, self.version)),
                "buildNumber": 1_000 * self.version[0],
                "publicSignup": False,
                "url": visit.base,
            }
        )

    def _visit(self, request: Request, caller: Caller) -> Response:
        path = request.path.removeprefix(self.context)
        route, named = find_route(self.routes, request.method, path)
        root = f"http://{request.host}{self.context}"
        visit = Visit(
            request=request,
            site=self.site,
            reader=Reader(self.site.wiki, caller.account, request.unseen),
            base=root,
            cursors=self.cursors,
            named=named,
        )
        with self.site.lock:
            return route.resource(visit)


def _headers(caller: Caller) -> dict[str, str]:
    headers = {"Cache-Control": "no-cache, no-store, no-transform"}
    if caller.account:
        headers |= {"X-AUSERNAME": quote(caller.account.name), "X-Seraph-LoginReason": "OK"}
    elif caller.rejected:
        headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return headers
