"""Making pages and saving new versions of them, in version 2.

Atlassian, Confluence Cloud REST API v2, "Create page" and "Update page": a page in the trash is
taken out of it by the same call, and nothing else of it is changed; what an account may see and
not change is not there. That a number which is not the next one is answered 409 stands in no
description; see the README's sources.
"""

from typing import Any

from jira_sandbox.confluence.cloud import pages
from jira_sandbox.confluence.visit import Visit
from jira_sandbox.confluence.writing import STORAGE, message_of, number_of, storage_of, title_of
from jira_sandbox.messages import Json, RefusedError, Response, json_response
from jira_sandbox.model.nouns import Account
from jira_sandbox.model.page import Page, Space, Standing
from jira_sandbox.model.wiki import StaleVersionError, TitleTakenError

NEEDED = ("id", "status", "title", "body", "version")
TAKEN = (
    "A page with this title already exists: A page already exists with the same TITLE in this space"
)


def create(visit: Visit) -> Response:
    """Answered 200, as the description says. Without a parent it goes below the home."""
    author, body = _author(visit), visit.request.json()
    space = _space(visit, body.get("spaceId"))
    if not visit.reader.may_add_to(space):
        raise RefusedError(404, f"Cannot find a space with id [{space.id}]")
    _refuse_drafts(body)
    parent = _parent(visit, body, space)
    title, value = title_of(body), _value(body["body"]) if body.get("body") else ""
    number = parent.id if parent else None
    try:
        page = visit.wiki.create(
            space, title, value, author, parent=number, message=message_of(body)
        )
    except TitleTakenError as error:
        raise RefusedError(400, TAKEN) from error
    return _told(visit, page)


def change(visit: Visit) -> Response:
    author, body, page = _author(visit), visit.request.json(), pages.found(visit)
    if not visit.reader.may_change(page):
        raise pages.missing(visit.named["id"])
    if page.status is Standing.ARCHIVED:
        raise RefusedError(404, "Can not find draft with current content")
    for name in NEEDED:
        if not body.get(name):
            raise RefusedError(400, f"'{name}' is required.")
    if str(body["id"]) != str(page.id):
        raise RefusedError(400, "The id in the body is not the id in the address.")
    _refuse_drafts(body)
    _refuse_moves(body, page)
    parent = _parent(visit, body, page.space)
    _save(visit, page, body, author)
    if parent and parent.id != page.parent:
        visit.wiki.move(page, parent)
    return _told(visit, page)


def _save(visit: Visit, page: Page, body: Json, author: Account) -> None:
    number, title, value = number_of(body), title_of(body), _value(body["body"])
    try:
        if page.trashed:
            return visit.wiki.take_out_of_trash(page, number, author)
        visit.wiki.save(page, number, title, value, author, message_of(body))
    except StaleVersionError as error:
        versions = f"Current Version: [{error.current}]. Provided version: [{error.given}]"
        words = "Version must be incremented when updating a page."
        raise RefusedError(409, f"{words} {versions}") from error
    except TitleTakenError as error:
        raise RefusedError(400, TAKEN) from error


def _author(visit: Visit) -> Account:
    if visit.reader.account is None:
        raise RefusedError(401, "Unauthorized")
    return visit.reader.account


def _space(visit: Visit, number: Any) -> Space:
    if not str(number or "").isdecimal():
        raise RefusedError(400, "'spaceId' is required and has to be a number.")
    space = next((each for each in visit.reader.spaces() if str(each.id) == str(number)), None)
    if space is None:
        raise RefusedError(404, f"Cannot find a space with id [{number}]")
    return space


def _parent(visit: Visit, body: Json, space: Space) -> Page | None:
    number = body.get("parentId")
    if not number:
        return None
    parent = visit.reader.page(str(number))
    if parent is None or not parent.alive or parent.space != space:
        raise RefusedError(404, "The parent does not exist, or this account may not see it.")
    return parent


def _refuse_drafts(body: Json) -> None:
    if body.get("status", "current") != "current":
        raise RefusedError(400, "This sandbox keeps no drafts; the status has to be 'current'.")


def _refuse_moves(body: Json, page: Page) -> None:
    if str(body.get("spaceId") or page.space.id) != str(page.space.id):
        raise RefusedError(400, "Moving a page to another space is not supported.")


def _value(body: Any) -> str:
    """Sent as `{representation, value}`, or with the name of the representation around it."""
    if isinstance(body, dict) and isinstance(body.get(STORAGE), dict):
        body = body[STORAGE]
    if not isinstance(body, dict) or body.get("representation") != STORAGE:
        raise RefusedError(400, "The body has to be in the representation 'storage'.")
    return storage_of(body.get("value"))


def _told(visit: Visit, page: Page) -> Response:
    shown = pages.page_body(visit, page, page.now)
    kept = {STORAGE: {"representation": STORAGE, "value": page.now.body}}
    return json_response(shown | {"body": kept, "_links": pages.links(visit, page)})
