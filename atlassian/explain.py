"""The words for every failure: a code and plain facts are stored, the sentence is made here.

What is common to all products stands in `sentences.py`, with {product} where one is meant. A room
makes its `Words` with the sentences of its own; where both have a code, the room's is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from atlassian.client import AtlassianError
from atlassian.sentences import COMMON, UNKNOWN

NEW_TOKEN_URL = "https://id.atlassian.com/manage-profile/security/api-tokens"  # noqa: S105
NEW_TOKEN = "Create a new token"  # noqa: S105  a label

REMEDIES = dict.fromkeys(("wrong_credentials", "missing_scope", "anonymous_answer"), NEW_TOKEN_URL)
MISSING = {
    "host": "the server",
    "email": "this account",
    "account": "The connected account",
    "other_host": "another address",
    "until": "a later time",
    "seconds": "10",
    "what": "this",
    "kept": "Nothing was changed",
    "again": "We will try again",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """`technical` belongs under "Technical details"; `remedy_url` leads to where to act, which the
    `remedy` names."""

    sentence: str
    remedy_url: str = ""
    technical: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Words:
    """How a room tells what failed. `missing` is how facts read that were not stored."""

    product: str
    own: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> str:
        return UNKNOWN.format(product=self.product)

    @property
    def sentences(self) -> dict[str, str]:
        return {**COMMON, **self.own}

    def explain(self, code: str, facts: Mapping[str, Any]) -> Explanation:
        known = self.sentences
        words = known.get(f"{code}:{_variant(code, facts)}", known.get(code, UNKNOWN))
        shown = _Shown({**MISSING, **self.missing, "product": self.product}, facts)
        detail, login = str(facts.get("detail", "")), str(facts.get("login_url", ""))
        remedy = login or _remedy(code, facts)
        return Explanation(
            sentence=words.format_map(shown),
            remedy_url=remedy,
            technical=f"{code}: {detail}" if detail else code,
            remedy=(f"Sign in to {self.product}" if login else NEW_TOKEN) if remedy else "",
        )

    def explain_error(self, error: AtlassianError) -> Explanation:
        return self.explain(error.code, facts_of(error))

    def explain_to_asker(self, error: AtlassianError) -> Explanation:
        """Whoever waits for it tries again themselves; nothing does it behind their back."""
        return self.explain(error.code, facts_of(error) | {"again": "Try again"})


def facts_of(error: AtlassianError) -> dict[str, Any]:
    """What a row keeps beside the code: JSON, and for a refused address no detail to learn from."""
    facts = {name: _plain(value) for name, value in vars(error).items() if value not in ("", None)}
    if error.discreet:
        facts.pop("detail", None)
    return facts


def _remedy(code: str, facts: Mapping[str, Any]) -> str:
    """Where API tokens of Cloud are made; Data Center has that place in each person's profile."""
    return "" if facts.get("kind") else REMEDIES.get(code, "")


def _variant(code: str, facts: Mapping[str, Any]) -> str:
    match code:
        case "unavailable":
            return "" if facts.get("status") else "cut"
        case "wrong_credentials" | "anonymous_answer":
            return str(facts.get("kind", ""))
        case "query_refused":
            return "told" if facts.get("messages") else ""
        case _:
            return str(facts.get("reason", ""))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


class _Shown(dict[str, str]):
    """Facts as they read in a sentence, also when one was not stored."""

    def __init__(self, missing: Mapping[str, str], facts: Mapping[str, Any]) -> None:
        super().__init__({name: _shown(name, value) for name, value in facts.items()})
        self._missing = missing

    def __missing__(self, name: str) -> str:
        return self._missing.get(name, "…")


def _shown(name: str, value: Any) -> str:
    if name == "until" and value:
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%H:%M")
    return " ".join(value) if isinstance(value, list) else str(value)
