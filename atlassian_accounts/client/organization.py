"""Asks Atlassian about one organization, with the API key of that organization.

Sources: Atlassian, organizations REST API (v1 and v2) and user management REST API. Everything is
asked below the gateway; the key is sent as Bearer and belongs to an organization admin.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from atlassian.client import AddressPolicy, Credentials, Driver, Kind
from okr.outgoing import Patience

from . import readings
from .dialect import ADMINISTRATION, DEED
from .errors import UnknownOrganization
from .records import Group, Organization, Page, Profile, Usage

T = TypeVar("T")

ALL = "-"
"""Instead of the number of a directory: all that the key may see."""
PAGE = 100


class OrganizationClient(Driver):
    dialect = ADMINISTRATION

    def __init__(
        self,
        organization_id: str,
        key: str,
        policy: AddressPolicy,
        *,
        email: str = "",
        patience: Patience | None = None,
    ) -> None:
        credentials = Credentials(email, key, Kind.ORGANIZATION_KEY)
        super().__init__(policy.gateway, credentials, policy, patience=patience)
        self._organization_id = organization_id

    def organization(self) -> Organization:
        """The one that the key is for. Raises UnknownOrganization where it is another."""
        body = self._get("/admin/v1/orgs", "the organization")
        found = self._read(readings.organizations, body).rows
        mine = [each for each in found if each.id == self._organization_id]
        if not mine:
            others = ", ".join(each.name or each.id for each in found)
            raise UnknownOrganization(host=self._host, what="organization", others=others)
        return mine[0]

    def profiles(self, token: str = "") -> Page[Profile]:
        return self._page(f"{self._directory}/users", "users", readings.profiles, token)

    def find(self, email: str) -> Profile | None:
        """Who has this address there; Atlassian searches in names as well."""
        path = f"{self._directory}/users"
        found = self._page(path, "users", readings.profiles, "", searchTerm=email).rows
        return next((each for each in found if each.email == email.lower()), None)

    def groups(self, token: str = "") -> Page[Group]:
        return self._page(f"{self._directory}/groups", "groups", readings.groups, token)

    def members(self, group_id: str, token: str = "") -> Page[str]:
        """Who is in a group, by account id."""
        path = f"{self._directory}/users"
        return self._page(path, "groups", readings.members, token, groupIds=group_id)

    def managed_usages(self, token: str = "") -> Page[Usage]:
        """What the managed accounts may use and when they last did; of the others it tells none."""
        asked = {"cursor": token} if token else {}
        path = f"/admin/v1/orgs/{self._organization_id}/users"
        return self._read(readings.managed_usages, self._get(path, "managed accounts", **asked))

    def usage(self, account_id: str) -> Usage:
        account = _part(account_id)
        path = f"/admin/v1/orgs/{self._organization_id}/directory/users/{account}/last-active-dates"
        body = self._get(path, "last active dates")
        return self._read(lambda told: readings.usage(account_id, told), body)

    def suspend(self, account_id: str) -> None:
        """Takes the access of the account to everything of this organization, till it is restored.

        Without a body the answer is 415, hence the empty object.
        """
        self._send("POST", f"{self._directory}/users/{_part(account_id)}/suspend", DEED, {})

    def restore(self, account_id: str) -> None:
        self._send("POST", f"{self._directory}/users/{_part(account_id)}/restore", DEED, {})

    def delete(self, account_id: str) -> None:
        """Deletes the Atlassian account itself: managed ones only, final after 14 days."""
        self._send("POST", f"/users/{_part(account_id)}/manage/lifecycle/delete", DEED, {})

    def cancel_deletion(self, account_id: str) -> None:
        """Within the 14 days; the account is active again afterwards."""
        self._send("POST", f"/users/{_part(account_id)}/manage/lifecycle/cancel-delete", DEED, {})

    @property
    def _directory(self) -> str:
        return f"/admin/v2/orgs/{self._organization_id}/directories/{ALL}"

    def _page(
        self, path: str, what: str, read: Callable[[Any], Page[T]], token: str, **more: str
    ) -> Page[T]:
        asked = {"cursor": token} if token else {}
        return self._read(read, self._get(path, what, limit=PAGE, **asked, **more))


def _part(account_id: str) -> str:
    """An account id has a colon, and must never become a place of its own."""
    return quote(account_id, safe="")
