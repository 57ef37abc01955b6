"""What the tests of the Confluence room stand on."""

from typing import Any

from django.utils import timezone

from confluence.models import ConfluenceConnection
from okr.sealing import seal

SERVER = "https://pages.example"


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
