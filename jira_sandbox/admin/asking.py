"""What a resource of these APIs receives, and how a list is cut into pages.

A cursor carries all that its list was asked for: whatever stands beside one is passed over
(Atlassian, organizations REST API, "Get user role assignments").
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from jira_sandbox.admin.refusals import declined
from jira_sandbox.messages import Json, Request
from jira_sandbox.model.organization import Directory, Organization, OrganizationKey
from jira_sandbox.model.profile import Profile
from jira_sandbox.model.site import Site

EVERY_DIRECTORY = "-"
USUAL, MOST = 50, 100
R = TypeVar("R")
Filters = Mapping[str, list[str]]


@dataclass(frozen=True)
class Ask:
    """`organization` is the one that the path names, or that of the key."""

    request: Request
    site: Site
    key: OrganizationKey
    organization: Organization
    root: str
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.site.clock()

    @property
    def address(self) -> str:
        return f"{self.root}/admin/v1/orgs/{self.organization.id}"

    def profiles(self) -> Iterable[Profile]:
        return self.organization.listed(lagging=self.request.lagging)

    def profile(self) -> Profile:
        for profile in self.profiles():
            if profile.id == self.named["account"]:
                return profile
        raise declined("ADMIN-404-8", "There is no such account in this organization.")

    def directory(self) -> Directory | None:
        """The one that the path names; none where it names them all."""
        wanted = self.named["directory"]
        found = self.organization.directory(wanted)
        if found is None and wanted != EVERY_DIRECTORY:
            raise declined("ADMIN-404-1", "There is no such directory in this organization.")
        return found


@dataclass(frozen=True, slots=True)
class Listing:
    """`after` is the key of the last row of the page before."""

    name: str
    filters: Filters
    limit: int
    after: str = ""

    def cursor(self, after: str) -> str:
        kept = [self.name, dict(self.filters), self.limit, after]
        return urlsafe_b64encode(json.dumps(kept).encode()).decode().rstrip("=")

    def cut(self, rows: Iterable[R], key: Callable[[R], str]) -> tuple[list[R], Json]:
        """A page of rows that come in the order of their keys, and its links."""
        waiting = (row for row in rows if key(row) > self.after)
        page = list(islice(waiting, self.limit + 1))
        more, page = len(page) > self.limit, page[: self.limit]
        links = {"self": self.cursor(self.after), "prev": None, "next": None}
        return page, links | ({"next": self.cursor(key(page[-1]))} if more else {})


def listing(name: str, cursor: str, filters: Filters, limit: int) -> Listing:
    """As asked for now, or as the cursor has it; a cursor of another list is none."""
    asked = Listing(name, filters, limit)
    if not cursor:
        return asked
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        kept_name, kept_filters, kept_limit, after = json.loads(urlsafe_b64decode(padded))
    except ValueError as error:
        raise declined("ADMIN-400-1") from error
    if kept_name != name:
        raise declined("ADMIN-400-1")
    return replace(asked, filters=kept_filters, limit=kept_limit, after=after)


def limit_of(value: object) -> int:
    text = str(USUAL if value in (None, "") else value)
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise declined("ADMIN-400-24", f"'limit' has to be a number from 1 to {MOST}.")
    return int(text)


def asked_in_query(request: Request, names: Iterable[str]) -> Filters:
    """Each may be there more than once, or once with commas."""
    query = request.query
    given = {name: ",".join(query.get(name, ())).split(",") for name in names}
    return {name: [part for part in parts if part] for name, parts in given.items() if any(parts)}
