"""`issue/picker`: suggestions while somebody types, in two sections."""

import re
from collections.abc import Iterable
from html import escape

from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.search import prepare
from jira_sandbox.messages import Json, Response, json_response
from jira_sandbox.model.issue import Issue

MOST_RECENT, MOST_FOUND = 10, 20


def suggest(exchange: Exchange) -> Response:
    """Recent issues that match, and what the current search holds of the words."""
    words = exchange.request.argument("query").casefold().split()
    recent = sorted(exchange.viewer.issues(), key=lambda issue: issue.updated, reverse=True)
    history = [issue for issue in recent if _matches(issue, words)]
    sections = [_section("hs", "History Search", history, MOST_RECENT, words)]
    current = exchange.request.argument("currentJQL")
    if words or current:
        found = _current(exchange, current, words)
        sections.append(_section("cs", "Current Search", found, MOST_FOUND, words))
    return json_response({"sections": sections})


def _current(exchange: Exchange, jql: str, words: list[str]) -> list[Issue]:
    """A query that cannot be read finds nothing, as in Jira: the picker never complains."""
    try:
        issues: Iterable[Issue] = prepare(jql, exchange.viewer, exchange.site.clock()).issues()
    except JqlError:
        return []
    return [issue for issue in issues if _matches(issue, words)]


def _matches(issue: Issue, words: list[str]) -> bool:
    text = f"{issue.key} {issue.summary}".casefold()
    return all(word in text for word in words)


def _section(id_: str, label: str, found: list[Issue], most: int, words: list[str]) -> Json:
    shown = found[:most]
    body: Json = {"id": id_, "label": label, "issues": [_row(issue, words) for issue in shown]}
    if shown:
        body["sub"] = f"Showing {len(shown)} of {len(found)} matching issues"
    else:
        body["msg"] = "No matching issues found"
    return body


def _row(issue: Issue, words: list[str]) -> Json:
    return {
        "id": issue.id,
        "key": issue.key,
        "keyHtml": _marked(issue.key, words),
        "img": f"/images/icons/issuetypes/{issue.kind.name.lower()}.svg",
        "summary": _marked(issue.summary, words),
        "summaryText": issue.summary,
    }


def _marked(text: str, words: list[str]) -> str:
    """HTML with the found words in bold, safe whatever the text holds."""
    if not words:
        return escape(text)
    pattern = "|".join(re.escape(word) for word in words)
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    marked = (f"<b>{escape(part)}</b>" if n % 2 else escape(part) for n, part in enumerate(parts))
    return "".join(marked)
