"""Asks Atlassian about one organization, with the API key of that organization.

Sources: Atlassian, organizations REST API (v1 and v2) and user management REST API. Everything is
asked below the gateway; the key is sent as Bearer and belongs to an organization admin.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from atlassian.client import AddressPolicy, Credentials, Driver, Kind, NotFound
from okr.outgoing import Patience

from . import readings
from .dialect import ADMINISTRATION, DEED
from .errors import AccountGone, UnknownOrganization
from .records import Organization, Page, Profile

ALL = "-"
"""Instead of the number of a directory: all that the key may see."""
PAGE = 100
EXPANDED = ["platformRoles", "productAccess", "groups"]


class OrganizationClient(Driver):
    dialect = ADMINISTRATION

    def __init__(
        self,
        organization_id: str,
        key: str,
        policy: AddressPolicy,
        base: str = "",
        *,
        email: str = "",
        patience: Patience | None = None,
    ) -> None:
        credentials = Credentials(email, key, Kind.ORGANIZATION_KEY)
        super().__init__(base or policy.gateway, credentials, policy, patience=patience)
        self._organization_id = organization_id

    def organization(self) -> Organization:
        """The one that the key is for. Raises UnknownOrganization where it is another.

        A key with scopes is told of none by the list, and of its own by number.
        """
        body = self._get("/admin/v1/orgs", "the organization")
        found = self._read(readings.organizations, body).rows
        if not found:
            return self._by_number()
        mine = [each for each in found if each.id == self._organization_id]
        if not mine:
            others = ", ".join(each.name or each.id for each in found)
            raise UnknownOrganization(host=self._host, what="organization", others=others)
        return mine[0]

    def _by_number(self) -> Organization:
        try:
            body = self._get(f"/admin/v1/orgs/{self._organization_id}", "the organization")
        except NotFound:
            raise UnknownOrganization(host=self._host, what="organization") from None
        return self._read(readings.one_organization, body)

    def profiles(self, token: str = "") -> Page[Profile]:
        """With groups, roles and products; a cursor has all that its list was asked for."""
        return self._search(ALL, {"expand": EXPANDED, "limit": PAGE}, token)

    def find(self, email: str) -> Profile | None:
        found = self._search(ALL, {"emails": [email], "limit": 1}, "").rows
        return found[0] if found else None

    def suspend(self, account_id: str) -> None:
        """Takes the access of the account to everything of this organization, till it is restored.

        Without a body the answer is 415, hence the empty object.
        """
        for directory in self._directories_of(account_id):
            self._send("POST", self._place(directory, account_id, "/suspend"), DEED, {})

    def restore(self, account_id: str) -> None:
        for directory in self._directories_of(account_id):
            self._send("POST", self._place(directory, account_id, "/restore"), DEED, {})

    def delete(self, account_id: str) -> None:
        """Deletes the Atlassian account itself: managed ones only, final after 14 days."""
        self._send("POST", f"/users/{_part(account_id)}/manage/lifecycle/delete", DEED, {})

    def cancel_deletion(self, account_id: str) -> None:
        """Within the 14 days; the account is active again afterwards."""
        self._send("POST", f"/users/{_part(account_id)}/manage/lifecycle/cancel-delete", DEED, {})

    def _directories_of(self, account_id: str) -> list[str]:
        """A deed names one directory; an account may be in several. Raises AccountGone for none."""
        every = self._read(readings.directories, self._get(self._at("/directories"), "directories"))
        asked = {"accountIds": [account_id], "limit": 1}
        found = [each for each in every.rows if self._search(each, asked, "").rows]
        if not found:
            raise AccountGone(host=self._host)
        return found

    def _search(self, directory: str, asked: Mapping[str, Any], token: str) -> Page[Profile]:
        path = self._at(f"/directories/{quote(directory, safe='')}/users/search")
        body = {**asked, "cursor": token} if token else asked
        return self._read(readings.profiles, self._send("POST", path, "users", body))

    def _place(self, directory: str, account_id: str, verb: str) -> str:
        return self._at(f"/directories/{quote(directory, safe='')}/users/{_part(account_id)}{verb}")

    def _at(self, path: str) -> str:
        return f"/admin/v2/orgs/{self._organization_id}{path}"


def _part(account_id: str) -> str:
    """An account id has a colon, and must never become a place of its own."""
    return quote(account_id, safe="")
