"""Asks a single site of Cloud about its accounts, where nobody has the key of the organization.

Source: Atlassian, Jira Cloud platform REST API v3, groups Users, Groups and Myself. The account
that asks has to administer the site.
"""

from typing import Any

from atlassian.client import AddressPolicy, Credentials, Driver, NotFound, SiteAddress
from atlassian.client.shapes import ShapeError, readable, required, rows, text
from okr.outgoing import Patience

from .dialect import DEED, SITE
from .records import Group, Page, Profile, Status

PAGE, GROUP_PAGE = 200, 50


class SiteClient(Driver):
    dialect = SITE
    api = "/rest/api/3"

    def __init__(
        self,
        site: SiteAddress,
        credentials: Credentials,
        policy: AddressPolicy,
        base: str = "",
        *,
        patience: Patience | None = None,
    ) -> None:
        super().__init__(base or site.url, credentials, policy, patience=patience)
        self._site = site

    def cloud_id(self) -> str:
        """Without credentials: only a site of Cloud has one."""
        return self._cloud_id(self._site.origin)

    def myself(self) -> Profile:
        """Every answer after this one has to be for the same account."""
        return self._prove("/myself", "the own account", _profile)

    def profiles(self, token: str = "") -> Page[Profile]:
        """The token is where the page begins. Atlassian may hide e-mail addresses."""
        start = int(token) if token.isdecimal() else 0
        body = self._get("/users/search", "users", startAt=start, maxResults=PAGE)
        return self._read(lambda told: _profiles(told, start), body)

    def groups(self, token: str = "") -> Page[Group]:
        start = int(token) if token.isdecimal() else 0
        body = self._get("/group/bulk", "groups", startAt=start, maxResults=GROUP_PAGE)
        return self._read(_groups, body)

    def members(self, group_id: str, token: str = "") -> Page[str]:
        start = int(token) if token.isdecimal() else 0
        body = self._get(
            "/group/member",
            "groups",
            groupId=group_id,
            includeInactiveUsers="true",
            startAt=start,
            maxResults=GROUP_PAGE,
        )
        return self._read(_members, body)

    def account(self, account_id: str) -> Profile | None:
        """None where the site knows nobody of that number, or no longer."""
        try:
            body = self._get("/user", "users", accountId=account_id)
        except NotFound:
            return None
        return self._read(_profile, body)

    def remove(self, account_id: str) -> None:
        """From this site alone; the Atlassian account itself stays."""
        self._send("DELETE", "/user", DEED, accountId=account_id)


def _profile(body: Any) -> Profile:
    return Profile(
        id=required(body, "accountId"),
        name=text(body, "displayName"),
        email=text(body, "emailAddress").strip().lower(),
        kind=text(body, "accountType") or "atlassian",
        status=Status.ACTIVE if body.get("active") is not False else Status.INACTIVE,
    )


def _profiles(body: Any, start: int) -> Page[Profile]:
    """A list without any frame: an empty one is the end, a short one need not be."""
    if not isinstance(body, list):
        raise ShapeError("the whole")
    found = readable(body, _profile)
    following = str(start + len(body)) if body else ""
    return Page(found, following, skipped=len(body) - len(found))


def _groups(body: Any) -> Page[Group]:
    told = rows(body, "values")
    found = readable(told, lambda row: Group(required(row, "groupId"), required(row, "name")))
    return Page(found, _following(body, len(told)))


def _members(body: Any) -> Page[str]:
    told = rows(body, "values")
    return Page(readable(told, lambda row: required(row, "accountId")), _following(body, len(told)))


def _following(body: Any, number: int) -> str:
    start = body.get("startAt")
    if body.get("isLast") is not False or not number or type(start) is not int:
        return ""
    return str(start + number)
