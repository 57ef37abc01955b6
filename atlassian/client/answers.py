"""What was asked of whom, and what can be seen of an answer before anybody judges it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from okr.outgoing import clean

MOST_MESSAGES = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom; `what` completes "may not read …"."""

    url: str
    host: str
    email: str
    what: str
    signed: bool = True
    account: str = ""
    """The account that every answer has to name, once it is proven."""
    kind: str = ""
    """What the secret is where it is no API token of Cloud."""


@dataclass(frozen=True, slots=True)
class Head:
    status: int
    headers: Mapping[str, str]

    @property
    def account(self) -> str:
        """The account that was answered for, as a header says: Cloud's, or Data Center's."""
        named = self.headers.get("X-AACCOUNTID") or self.headers.get("X-AUSERNAME", "")
        return clean(unquote(named))

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").lower()

    @property
    def is_json(self) -> bool:
        return "json" in self.kind


def read_messages(body: Any) -> list[str]:
    """Atlassian's own sentences, from whichever place this endpoint puts them."""
    if isinstance(body, list):
        return _texts(_told(body))[:MOST_MESSAGES]
    if not isinstance(body, dict):
        return []
    errors = body.get("errors")
    found = [
        *_texts(body.get("errorMessages")),
        *_texts(list(errors.values()) if isinstance(errors, dict) else _told(errors)),
        *_texts([body.get("message"), body.get("errorMessage"), _reason(body)]),
    ]
    return found[:MOST_MESSAGES]


def _told(errors: Any) -> list[Any]:
    """Newer interfaces list their errors, each with a title and maybe a detail."""
    rows = errors if isinstance(errors, list) else []
    return [_first(row) if isinstance(row, dict) else row for row in rows]


def _first(row: dict[str, Any]) -> Any:
    return row.get("detail") or row.get("title") or row.get("message")


def _reason(body: dict[str, Any]) -> Any:
    """User management has a key for it, and maybe a deeper one: {"key", "context": {"reason":
    {"key"}}}."""
    context = body.get("context")
    reason = context.get("reason") if isinstance(context, dict) else None
    return reason.get("key") if isinstance(reason, dict) else body.get("key")


def _texts(value: Any) -> list[str]:
    texts = value if isinstance(value, list) else []
    return [text[:500] for text in texts if isinstance(text, str) and text.strip()]
