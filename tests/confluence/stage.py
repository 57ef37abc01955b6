"""What the tests of the Confluence room stand on: a sandbox over HTTP, and a connection to it."""

from typing import Any

import pytest
from django.utils import timezone

from atlassian.allowed_calls import policy_from_settings
from confluence.connecting import examine
from confluence.models import ConfluenceConnection, ConfluencePage, Evidence
from jira_sandbox.confluence.testing import SandboxConfluence, SandboxConfluenceDataCenter
from okr.models import CheckIn, KeyResult
from okr.sealing import seal

SERVER = "https://127.0.0.1:9"
HOURS, ROOMS, SALARIES, TRASHED, RULES = 65569, 65601, 65633, 65697, 65761
EDITIONS = {"cloud": SandboxConfluence, "data center": SandboxConfluenceDataCenter}
BOTH = pytest.mark.parametrize("wiki", list(EDITIONS), indirect=True)


def connect(wiki: SandboxConfluence) -> ConfluenceConnection:
    """Through the same verbs as the Connect button."""
    examined = examine(wiki.url, wiki.email, wiki.token, policy_from_settings())
    assert examined.failure is None, examined.failure
    connection = ConfluenceConnection()
    connection.accept(examined, wiki.token, None, timezone.now())
    return connection


def attach(number: int, key_result: KeyResult, check_in: CheckIn | None = None) -> ConfluencePage:
    """As its owner does it."""
    connection, now = ConfluenceConnection.objects.get(), timezone.now()
    with connection.client() as client:
        page = ConfluencePage.objects.keep(connection, client.page(number), now)
    Evidence.objects.attach(page, key_result, check_in, key_result.owner, now)
    return page


def connected(**columns: Any) -> ConfluenceConnection:
    """A row as connecting leaves it, without anybody having been asked."""
    usual = {
        "server": SERVER,
        "api_base": SERVER,
        "email": "wiki-bot@larkspur.example",
        "account_id": "712020:bot",
        "account_name": "Wiki Bot",
        "token_saved_at": timezone.now(),
        "sealed_token": seal("wiki-secret", [SERVER, SERVER]),
    }
    return ConfluenceConnection.objects.create(**{**usual, **columns})
