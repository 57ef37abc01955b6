"""What a test does to the organizations from behind, and the keys that it signs requests with."""

from dataclasses import replace
from typing import Any

from jira_sandbox.board.accounts_board import address_of
from jira_sandbox.model.organization import Organization
from jira_sandbox.model.profile import Membership, Profile, Standing
from jira_sandbox.model.site import Site
from jira_sandbox.testing import SandboxJira

KEY, READING_KEY = "sandbox-organization-key", "sandbox-reading-key"
THIN_KEY, EXPIRED_KEY = "sandbox-thin-key", "sandbox-expired-key"
NEIGHBOUR_KEY = "sandbox-labs-key"


class SandboxOrganization:
    """The one that the key opens; everything here may be done to it in a test."""

    reading_key, thin_key, expired_key = READING_KEY, THIN_KEY, EXPIRED_KEY
    """One that may read alone, one that may not even read, and one that is over."""

    def __init__(self, site: Site, url: str, key: str = KEY) -> None:
        self.site = site
        self.url = url
        self.key = key

    @property
    def organization(self) -> Organization:
        return self.site.people.organizations.by_id[
            self.site.people.organizations.keys[self.key].organization
        ]

    @property
    def id(self) -> str:
        return self.organization.id

    @property
    def address(self) -> str:
        """Where somebody administers it: what an admin copies from the browser."""
        return f"{self.url}{address_of(self.organization)}"

    @property
    def name(self) -> str:
        return self.organization.name

    @property
    def directory_ids(self) -> list[str]:
        return [each.id for each in self.organization.directories]

    @property
    def maker(self) -> Profile:
        """The account that made the key, which nothing may be done to."""
        return self.account(self.site.people.organizations.keys[self.key].maker)

    def accounts(self) -> list[Profile]:
        """Copies of them all, as they stand now."""
        with self.site.lock:
            return [replace(each) for each in self.organization.listed()]

    def account(self, id_or_email: str) -> Profile:
        for profile in self.accounts():
            if id_or_email in (profile.id, profile.email):
                return profile
        raise LookupError(f"{self.name} knows no account {id_or_email}.")

    def status(self, id_or_email: str) -> str:
        return self.account(id_or_email).status(self.site.clock())

    def enrol(self, display: str, email: str, **facts: Any) -> Profile:
        """A new account in the first directory; `facts` are fields of a profile."""
        number = f"712020:test-{len(self.organization.profiles):06}"
        standard: dict[str, Any] = {
            "managed": True,
            "added": self.site.clock(),
            "directories": dict.fromkeys(self.directory_ids[:1], Membership.ACTIVE),
        }
        with self.site.lock:
            profile = Profile(number, display, email, **(standard | facts))
            self.organization.profiles[number] = profile
            return replace(profile)

    def enrol_many(self, count: int) -> list[Profile]:
        rows = range(1, count + 1)
        return [self.enrol(f"Person {row}", f"person-{row}@larkspur.example") for row in rows]

    def deactivate(self, id_or_email: str) -> None:
        """An administrator does it over there."""
        with self.site.lock:
            number = self.account(id_or_email).id
            self.organization.set_standing(number, Standing.INACTIVE)
            self.site.people.settle()

    def forget(self, id_or_email: str) -> None:
        """As if it had never been there."""
        with self.site.lock:
            self.organization.profiles.pop(self.account(id_or_email).id)

    def revoke(self) -> None:
        """The key is worth nothing from now on."""
        keys = self.site.people.organizations.keys
        keys[self.key] = replace(keys[self.key], expired=True)


def above(jira: SandboxJira, key: str = KEY) -> SandboxOrganization:
    """The organization that a running site belongs to, or another by its key."""
    return SandboxOrganization(jira.site, jira.url, key)


def bearer(key: str = KEY) -> dict[str, str]:
    """The header that signs a request."""
    return {"Authorization": f"Bearer {key}"}
