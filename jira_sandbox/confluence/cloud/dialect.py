"""Confluence Cloud as a caller meets it: below /wiki of the site, or behind the gateway."""

import re

from jira_sandbox.cloud.cursors import Cursors
from jira_sandbox.cloud.exchange import Route, find_route
from jira_sandbox.confluence import refusals
from jira_sandbox.confluence.cloud import first_version, pages, publishing, spaces
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.credentials import Caller, identify
from jira_sandbox.gateway import refused_by_gateway
from jira_sandbox.messages import RefusedError, Request, Response, html_response
from jira_sandbox.model.reader import Reader
from jira_sandbox.model.site import Site

CONTEXT = "/wiki"
GATEWAY = re.compile(r"/ex/confluence/(?P<cloud>[^/]+)(?P<rest>/.*)")
V1, V2 = f"{CONTEXT}/rest/api", f"{CONTEXT}/api/v2"
PERSON, SEARCH = "read:confluence-user", "search:confluence"
READ, WRITE, SPACE = "read:page:confluence", "write:page:confluence", "read:space:confluence"

ROUTES = (
    Route("GET", "user/current", first_version.current_user, PERSON, api=V1),
    Route("GET", "user", first_version.one_user, PERSON, api=V1),
    Route("GET", "search", first_version.search, SEARCH, api=V1),
    Route("GET", "pages", pages.many, READ, api=V2),
    Route("POST", "pages", publishing.create, WRITE, api=V2),
    Route("GET", "pages/{id}", pages.one, READ, api=V2),
    Route("PUT", "pages/{id}", publishing.change, WRITE, api=V2),
    Route("GET", "pages/{id}/versions", pages.versions, READ, api=V2),
    Route("GET", "pages/{id}/operations", pages.operations, READ, api=V2),
    Route("GET", "spaces", spaces.many, SPACE, api=V2),
    Route("GET", "spaces/{id}", spaces.one, SPACE, api=V2),
    Route("GET", "spaces/{id}/operations", spaces.operations, SPACE, api=V2),
)


class ConfluenceCloud:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.cursors = Cursors()

    def owns(self, request: Request) -> bool:
        below = request.path.startswith((f"{CONTEXT}/rest/", f"{CONTEXT}/api/"))
        return below or GATEWAY.fullmatch(request.path) is not None

    def answer(self, request: Request) -> Response:
        caller = identify(request, self.site)
        behind = GATEWAY.fullmatch(request.path)
        path = behind["rest"] if behind else request.path
        tell = refusals.second_version if path.startswith(V2) else refusals.first_version
        try:
            response = self._answer(request, caller, path, behind["cloud"] if behind else "")
        except RefusedError as error:
            response = tell(error)
        response.caller = caller.name
        response.headers |= _headers(caller)
        return response

    def _answer(self, request: Request, caller: Caller, path: str, cloud: str) -> Response:
        route, named = find_route(ROUTES, request.method, path)
        if cloud:
            if refused := refused_by_gateway(cloud, caller, route.scope, classic=True):
                return refused
        elif caller.token and caller.token.scoped:
            return html_response(
                "<!doctype html><title>HTTP Status 401 – Unauthorized</title>", 401
            )
        reader = Reader(self.site.wiki, caller.account, request.unseen)
        if not (reader.may_enter or request.expired):
            raise _kept_out(route)
        visit = Visit(
            request=request,
            site=self.site,
            reader=reader,
            base=f"http://{request.host}{CONTEXT}",
            cursors=self.cursors,
            named=named,
        )
        with self.site.lock:
            return route.resource(visit)


def _kept_out(route: Route[Visit]) -> RefusedError:
    """A wiki that is closed to strangers says the same to nobody, to wrong credentials, and to an
    account without Confluence."""
    if route.api == V2:
        return RefusedError(404, "Not Found")
    if route.resource is first_version.search:
        return RefusedError(403, "Current user not permitted to use Confluence")
    kind = "com.atlassian.confluence.mvc.rest.common.exception.StacklessResponseStatusException"
    words = "Request rejected because caller cannot access Confluence"
    return RefusedError(403, f'{kind}: 403 FORBIDDEN "{words}"')


def _headers(caller: Caller) -> dict[str, str]:
    """Unlike Jira's answers, these do not name the account."""
    headers = {"Cache-Control": "no-cache, no-store, no-transform"}
    if caller.rejected:
        headers["X-Seraph-LoginReason"] = "AUTHENTICATED_FAILED"
    return headers
