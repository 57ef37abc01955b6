"""Making pages and saving new versions of them on Data Center.

Atlassian, Confluence Server REST API, "Create content" and "Update content"; the words of the
refusals are those that callers have recorded.
"""

from typing import Any

from jira_sandbox.confluence.data_center import content
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.confluence.writing import message_of, number_of, storage_of, title_of
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.nouns import Account
from jira_sandbox.model.page import Page, Space
from jira_sandbox.model.wiki import StaleVersionError, TitleTakenError


def create(visit: Visit) -> Response:
    author, body = _author(visit), visit.request.json()
    _refuse_other_kinds(body)
    space = _space(visit, body.get("space"))
    if not visit.reader.may_add_to(space):
        raise RefusedError(403, "Could not create content with type page")
    above = _above(visit, body, space)
    title, value = title_of(body), _value(body.get("body"))
    try:
        page = visit.wiki.create(space, title, value, author, parent=above.id if above else None)
    except TitleTakenError as error:
        raise RefusedError(400, _taken(error)) from error
    return json_response(_told(visit, page))


def change(visit: Visit) -> Response:
    author, body, page = _author(visit), visit.request.json(), content.found(visit)
    if not visit.reader.may_change(page):
        kind = "class com.atlassian.confluence.pages.Page"
        raise RefusedError(403, f"Could not update Content of type : {kind} with id {page.id}")
    _refuse_other_kinds(body)
    number, title = number_of(body), title_of(body)
    value = _value(body["body"]) if body.get("body") else page.now.body
    above = _above(visit, body, page.space)
    try:
        visit.wiki.save(page, number, title, value, author, message_of(body))
    except StaleVersionError as error:
        words = "Version must be incremented on update. Current version is: "
        raise RefusedError(409, f"{words}{error.current}") from error
    except TitleTakenError as error:
        raise RefusedError(400, _taken(error)) from error
    if above and above.id != page.parent:
        visit.wiki.move(page, above)
    return json_response(_told(visit, page))


def _taken(error: TitleTakenError) -> str:
    words = "A page with this title already exists: A page already exists with the title"
    return f"{words} {error.title} in the space with key {error.space.key}"


def _author(visit: Visit) -> Account:
    if visit.reader.account is None:
        raise RefusedError(403, "Anonymous users are not permitted to change content.")
    return visit.reader.account


def _space(visit: Visit, given: Any) -> Space:
    key = str(given.get("key") or "") if isinstance(given, dict) else ""
    space = visit.reader.space(key) if key else None
    if space is None:
        raise RefusedError(404, f"No space found with key: {key}")
    return space


def _above(visit: Visit, body: Json, space: Space) -> Page | None:
    """The last of the ancestors is the parent."""
    given = body.get("ancestors") or []
    if not given:
        return None
    last = given[-1] if isinstance(given, list) else None
    number = str(last.get("id")) if isinstance(last, dict) else ""
    page = visit.reader.page(number)
    if page is None or not page.alive or page.space != space:
        raise RefusedError(404, f"No parent content found with id: ContentId{{id={number}}}")
    return page


def _refuse_other_kinds(body: Json) -> None:
    if body.get("type") != "page":
        raise RefusedError(400, "Type must be specified, and this sandbox keeps pages alone.")


def _value(body: Any) -> str:
    kept = body.get("storage") if isinstance(body, dict) else None
    if not isinstance(kept, dict) or kept.get("representation") != "storage":
        raise RefusedError(400, "The body has to be in the representation 'storage'.")
    return storage_of(kept.get("value"))


def _told(visit: Visit, page: Page) -> Json:
    """With what was saved, whatever is to be expanded."""
    parts = {name: content.EXPANDED[name](visit, page) for name in ("space", "version", "body")}
    return content.content(visit, page) | parts
