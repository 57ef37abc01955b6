"""What every page has to be that is sent: a title, and a body that can be read.

A body is kept nearly as it was sent; see `_rewritten`.
"""

import re
from typing import Any
from uuid import uuid4

from jira_sandbox.confluence.storage import StorageError, parse
from jira_sandbox.messages import Json, RefusedError

LONGEST_TITLE = 255
STORAGE = "storage"
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
CLOSED = re.compile(r"(?<!\s)/>")
MACRO = re.compile(r"<ac:structured-macro\b(?![^>]*\bac:macro-id=)")


def title_of(body: Json) -> str:
    title = body.get("title")
    if not isinstance(title, str) or not title.strip():
        raise RefusedError(400, "Title must be specified for page.")
    if len(title) > LONGEST_TITLE:
        raise RefusedError(400, f"Title length must be less than or equal to {LONGEST_TITLE}.")
    return title.strip()


def storage_of(value: Any) -> str:
    """The text of a body, once it has been read as Confluence reads it."""
    if not isinstance(value, str):
        raise RefusedError(400, "The body needs a value.")
    try:
        parse(value)
    except StorageError as error:
        raise RefusedError(400, str(error)) from error
    return "".join(
        piece if piece.startswith("<![CDATA[") else _rewritten(piece)
        for piece in CDATA.split(value)
    )


def _rewritten(piece: str) -> str:
    """What closes itself gets a space, and a macro a schema and a number of its own."""
    return MACRO.sub(
        lambda found: f'{found[0]} ac:schema-version="1" ac:macro-id="{uuid4()}"',
        CLOSED.sub(" />", piece),
    )


def number_of(body: Json) -> int:
    version = body.get("version")
    number = version.get("number") if isinstance(version, dict) else None
    if type(number) is not int:
        raise RefusedError(400, "Must supply an incremented version when updating Content.")
    return number


def message_of(body: Json) -> str:
    version = body.get("version")
    return str(version.get("message") or "") if isinstance(version, dict) else ""
