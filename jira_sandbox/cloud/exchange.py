"""What a resource of an API receives, and how its route is written down and found."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import unquote

from jira_sandbox.messages import RefusedError, Request, Response
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.site import Site
from jira_sandbox.model.viewer import Viewer

if TYPE_CHECKING:
    from jira_sandbox.cloud.cursors import Cursors

CLOUD_API = "/rest/api/3"
HOOKS = "/rest/webhooks/1.0"
AGILE = "/rest/agile/1.0"
E = TypeVar("E")


@dataclass(frozen=True)
class Exchange:
    """`root` is the site or its gateway, as addressed; `site_root` always the site."""

    request: Request
    viewer: Viewer
    site_root: str
    root: str
    cursors: "Cursors"
    page_size: int
    named: dict[str, str] = field(default_factory=dict)
    api_path: str = CLOUD_API

    @property
    def site(self) -> Site:
        return self.viewer.site

    @property
    def api(self) -> str:
        return self.root + self.api_path

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from the query string, within its bounds or refused."""
        text = self.request.argument(name, str(default))
        if not re.fullmatch(r"-?\d{1,9}", text) or not least <= int(text) <= most:
            raise RefusedError(400, f"'{name}' has to be a number from {least} to {most}.")
        return int(text)

    def issue(self) -> Issue:
        """The issue that the path names; missing and invisible look the same."""
        found = self.viewer.issue(self.named["key"])
        if found is None:
            raise RefusedError(404, "The issue does not exist, or this account may not see it.")
        return found


@dataclass(frozen=True)
class Route(Generic[E]):
    """`scope` is what a scoped token needs. An `open` route answers anonymous callers too, with
    what they may see: nothing."""

    method: str
    pattern: str
    resource: Callable[[E], Response]
    scope: str = "read:jira-work"
    open: bool = True
    api: str = CLOUD_API

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(self.api + "/" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.pattern))


def find_route(
    routes: Iterable[Route[E]], method: str, path: str
) -> tuple[Route[E], dict[str, str]]:
    """The route of a path, and what the path names."""
    known = False
    for route in routes:
        if match := route.expression.fullmatch(path.rstrip("/")):
            known = True
            if route.method == method:
                return route, {name: unquote(value) for name, value in match.groupdict().items()}
    raise RefusedError(
        405 if known else 404, f"{method} {path} is nothing that this sandbox answers."
    )
