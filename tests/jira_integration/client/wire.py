"""A client that asks a real server on loopback, and what Jira would say to it."""

from collections.abc import Iterable
from typing import Any

import pytest

from jira_integration.client import (
    AddressPolicy,
    CloudClient,
    Credentials,
    Issue,
    JiraError,
    Patience,
    read_address,
)
from tests.stations import Line, Said, Station, station

EMAIL, TOKEN = "bot@acme.example", "canary-7f3a9c51d2e84b60"
ACCOUNT = "712020:acme-bot"
ME = {"accountId": ACCOUNT, "displayName": "Acme Bot"}
SERVER_INFO = {
    "baseUrl": "https://acme.atlassian.net",
    "version": "1001.0.0-SNAPSHOT",
    "deploymentType": "Cloud",
    "serverTitle": "Jira",
}


def client_of(
    server: Station | Line, *, seconds: float = 5.0, api_base: str = "", **policy: Any
) -> CloudClient:
    """A client that is allowed to reach this one server, and waits so long for anything."""
    return patient_client(server, Patience(seconds, seconds), api_base, **policy)


def patient_client(
    server: Station | Line, patience: Patience, api_base: str = "", **policy: Any
) -> CloudClient:
    allowed = AddressPolicy(frozenset([server.place]), **policy)
    site = read_address(server.url, allowed.allowed_hosts)
    return CloudClient(site, Credentials(EMAIL, TOKEN), allowed, api_base, patience=patience)


def issue_body(number: int, category: str = "done", **fields: Any) -> dict[str, Any]:
    status = {"name": category.title(), "statusCategory": {"id": 3, "key": category}}
    usual = {
        "summary": f"Issue {number}",
        "status": status,
        "issuetype": {"name": "Story"},
        "updated": "2026-11-03T10:15:00.000+0200",
    }
    return {"id": str(10_000 + number), "key": f"ACME-{number}", "fields": usual | fields}


def failure_of(said: Said) -> JiraError:
    """What the client makes of this answer to its only question."""
    with station(lambda _: said) as server, client_of(server) as client:
        with pytest.raises(JiraError) as failed:
            client.myself()
        assert client.calls == len(server.heard) == 1
    return failed.value


def keys_of(batches: Iterable[list[Issue]]) -> list[list[str]]:
    return [[issue.key for issue in batch] for batch in batches]
