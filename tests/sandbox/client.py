"""A plain caller of the sandbox: what a test says over HTTP, and nothing more."""

from collections.abc import Mapping
from typing import Any

import requests

from jira_sandbox.testing import basic


class Caller:
    def __init__(self, root: str, credentials: Mapping[str, str]) -> None:
        self.root = root
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(credentials)

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.session.get(
            f"{self.root}/rest/api/3/{path}", params=query, timeout=20, allow_redirects=False
        )

    def post(self, path: str, body: Any) -> requests.Response:
        return self.session.post(f"{self.root}/rest/api/3/{path}", json=body, timeout=20)

    def close(self) -> None:
        self.session.close()


class Callers:
    """Makes callers and closes what it made."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.made: list[Caller] = []

    def anonymous(self) -> Caller:
        return self._make(self.root, {})

    def with_token(self, email: str, token: str, root: str = "") -> Caller:
        return self._make(root or self.root, basic(email, token))

    def close(self) -> None:
        for caller in self.made:
            caller.close()

    def _make(self, root: str, credentials: Mapping[str, str]) -> Caller:
        caller = Caller(root, credentials)
        self.made.append(caller)
        return caller
