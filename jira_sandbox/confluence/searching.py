"""`search` and `content/search`: what a query finds, page by page, in the shape of version 1.

Atlassian, Confluence Cloud REST API v1, "Search content"; a recorded answer of a Cloud site.
"""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

from jira_sandbox.confluence.bodies import moment
from jira_sandbox.confluence.cql import CqlError, Search, search
from jira_sandbox.confluence.storage import text_of
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.messages import Json, RefusedError
from jira_sandbox.model.page import Page

USUAL, MOST, EXCERPT = 25, 250, 300
LARGEST_START = 1_000_000
Told = Callable[[Page], Json]


def asked(visit: Visit) -> tuple[Search, list[Page]]:
    cql = visit.request.argument("cql")
    if not cql.strip():
        raise RefusedError(400, "The query cannot be blank")
    try:
        question = search(cql, visit.reader)
        return question, question.pages()
    except CqlError as error:
        raise RefusedError(400, str(error)) from error


def limit(visit: Visit) -> int:
    return visit.number("limit", USUAL, 0, MOST)


def row(question: Search, page: Page, content: Json, address: str) -> Json:
    """Title and excerpt are HTML, in which what was searched for is marked."""
    space = page.space
    return {
        "content": content,
        "title": _marked(page.title, question.terms),
        "excerpt": _marked(text_of(page.now.body)[:EXCERPT], question.terms),
        "url": address,
        "resultGlobalContainer": {"title": space.name, "displayUrl": f"/spaces/{space.key}"},
        "breadcrumbs": [],
        "entityType": "content",
        "iconCssClass": "aui-icon content-type-page",
        "lastModified": moment(page.now.at),
        "friendlyLastModified": f"{page.now.at:%b %d, %Y}",
        "score": 0.0,
    }


def answer(visit: Visit, found: list[Page], start: int, size: int, rows: list[Json]) -> Json:
    cql = visit.request.argument("cql")
    return {
        "results": rows,
        "start": start,
        "limit": size,
        "size": len(rows),
        "totalSize": len(found),
        "cqlQuery": cql,
        "searchDuration": 12,
        "_links": {
            "base": visit.base,
            "context": visit.context,
            "self": f"{visit.base}/rest/api/search?{urlencode({'cql': cql})}",
        },
    }


def _marked(text: str, terms: list[str]) -> str:
    """Whole words that begin with a term, between the marks that Confluence sets."""
    found = "|".join(map(re.escape, filter(None, terms)))
    if not found:
        return escape(text)
    pattern = re.compile(rf"\b(?:{found})\w*", re.IGNORECASE)
    pieces, last = [], 0
    for match in pattern.finditer(text):
        pieces += [escape(text[last : match.start()]), f"@@@hl@@@{escape(match[0])}@@@endhl@@@"]
        last = match.end()
    return "".join([*pieces, escape(text[last:])])
