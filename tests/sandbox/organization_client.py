"""A plain caller of what stands above the site, by an API key and nothing more."""

from typing import Any

import requests

from jira_sandbox.admin.testing import SandboxOrganization, bearer

Answer = requests.Response


class OrganizationCaller:
    def __init__(self, organization: SandboxOrganization, key: str = "") -> None:
        self.organization = organization
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(bearer(key or organization.key))

    @property
    def home(self) -> str:
        return f"{self.organization.url}/admin/v2/orgs/{self.organization.id}"

    @property
    def users(self) -> str:
        return f"{self.home}/directories/-/users"

    def get(self, address: str, **query: Any) -> Answer:
        return self.session.get(address, params=query, timeout=20, allow_redirects=False)

    def old(self, path: str = "", **query: Any) -> Answer:
        """By the first version of the API."""
        address = f"{self.organization.url}/admin/v1/orgs/{self.organization.id}"
        return self.get(f"{address}/{path}".rstrip("/"), **query)

    def search(self, **asked: Any) -> Answer:
        return self.session.post(f"{self.users}/search", json=asked, timeout=20)

    def names(self, **asked: Any) -> list[str]:
        return sorted(each["name"] for each in self.search(**asked).json()["data"])

    def place(self, email: str, directory: str = "") -> str:
        """The address of one account in one directory."""
        inside = directory or self.organization.directory_ids[0]
        return f"{self.home}/directories/{inside}/users/{self.organization.account(email).id}"

    def access(self, deed: str, email: str, directory: str = "") -> Answer:
        """`deed` is suspend or restore."""
        return self.session.post(f"{self.place(email, directory)}/{deed}", json={}, timeout=20)

    def remove(self, email: str, directory: str = "") -> Answer:
        return self.session.delete(self.place(email, directory), timeout=20)

    def manage(self, email: str) -> str:
        number = self.organization.account(email).id
        return f"{self.organization.url}/users/{number}/manage"

    def life(self, deed: str, email: str, **body: Any) -> Answer:
        """`deed` is disable, enable, delete or cancel-delete."""
        address = f"{self.manage(email)}/lifecycle/{deed}"
        return self.session.post(address, json=body if deed == "disable" else None, timeout=20)
