"""A plain caller of the sandbox's wiki: what a test says over HTTP, and nothing more."""

from collections.abc import Mapping
from typing import Any

import requests

from jira_sandbox.confluence.testing import SandboxConfluence
from jira_sandbox.testing import basic


class WikiCaller:
    """`root` is where the addresses begin: the wiki's own, or the gateway's with it."""

    def __init__(self, root: str, credentials: Mapping[str, str]) -> None:
        self.root, self.credentials = root, credentials

    def get(self, path: str, **query: Any) -> requests.Response:
        return self._send("GET", path, params=query)

    def post(self, path: str, body: Any) -> requests.Response:
        return self._send("POST", path, json=body)

    def put(self, path: str, body: Any) -> requests.Response:
        return self._send("PUT", path, json=body)

    def _send(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = dict(self.credentials)
        return requests.request(
            method, self.root + path, headers=headers, timeout=20, allow_redirects=False, **more
        )


def with_token(wiki: SandboxConfluence, token: str, email: str = "") -> WikiCaller:
    return WikiCaller(wiki.url, basic(email or wiki.email, token))


def behind_gateway(wiki: SandboxConfluence, token: str) -> WikiCaller:
    return WikiCaller(f"{wiki.gateway}/wiki", basic(wiki.email, token))


def anonymous(wiki: SandboxConfluence) -> WikiCaller:
    return WikiCaller(wiki.url, {})


def bearer(wiki: SandboxConfluence, secret: str) -> WikiCaller:
    return WikiCaller(wiki.url, {"Authorization": f"Bearer {secret}"})


def storage(value: str) -> dict[str, str]:
    return {"representation": "storage", "value": value}
