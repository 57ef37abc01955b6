"""Long texts: a document on Cloud, one text on Data Center."""

from collections.abc import Iterator
from typing import Any

BREAKS = {"paragraph": "\n\n", "hardBreak": "\n"}


def plain(given: Any, *, on_premise: bool) -> str | None:
    """The words of it; None where it is not what this edition takes."""
    if given is None:
        return ""
    if on_premise:
        return given if isinstance(given, str) else None
    if not isinstance(given, dict) or given.get("type") != "doc" or given.get("version") != 1:
        return None
    return "".join(_words(given)).strip()


def _words(node: Any) -> Iterator[str]:
    if not isinstance(node, dict):
        return
    yield str(node.get("text", ""))
    for part in node.get("content") or []:
        yield from _words(part)
    yield BREAKS.get(str(node.get("type")), "")
