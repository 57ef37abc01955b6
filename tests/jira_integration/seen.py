"""The pages of the room as a person sees them: words without markup, and the state of controls."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

TAG = re.compile(r"<[^>]*>")
HTMX = {"HX-Request": "true"}


def url(name: str, *args: Any) -> str:
    return reverse(f"jira:{name}", args=args)


def words(response: Any) -> str:
    """The text, in one line."""
    return " ".join(unescape(TAG.sub(" ", response.content.decode())).split())


def headings(response: Any, level: int = 2) -> list[str]:
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", response.content.decode(), re.DOTALL)
    return [" ".join(TAG.sub(" ", heading).split()) for heading in found]


def labels(response: Any) -> list[str]:
    found = re.findall(r"<label[^>]*>(.*?)</label>", response.content.decode(), re.DOTALL)
    return [" ".join(TAG.sub(" ", label).split()) for label in found]


def tag(response: Any, piece: str) -> str:
    """The one tag that contains a piece of markup."""
    found: list[str] = [each for each in TAG.findall(response.content.decode()) if piece in each]
    assert len(found) == 1, (piece, found)
    return found[0]


def value(response: Any, name: str) -> str:
    """What a box holds."""
    held = re.search(r'value="([^"]*)"', tag(response, f' name="{name}"'))
    return unescape(held[1]) if held else ""


def switch_is_on(client: Client) -> bool:
    """As the page shows it."""
    found = tag(client.get(url("integration")), 'role="switch"')
    return 'aria-checked="true"' in found
