"""The addresses of pages, as each edition writes them; all are relative to the wiki's own."""

import re
from base64 import b64decode, b64encode
from binascii import Error
from urllib.parse import quote_plus

from jira_sandbox.model.page import Page

PLAIN = re.compile(r"[\w .,:-]+")
"""Titles that Data Center writes into an address."""
TINY = 11


def cloud_address(page: Page) -> str:
    """The home of a space is its overview."""
    if page.parent is None:
        return f"/spaces/{page.space.key}/overview"
    return f"/spaces/{page.space.key}/pages/{page.id}/{quote_plus(page.title)}"


def server_address(page: Page) -> str:
    if PLAIN.fullmatch(page.title):
        return f"/display/{page.space.key}/{quote_plus(page.title)}"
    return f"/pages/viewpage.action?pageId={page.id}"


def tiny_address(page: Page) -> str:
    """The number's eight bytes, the least first, without what is zero at the end."""
    code = b64encode(page.id.to_bytes(8, "little"), b"_-").decode()
    return f"/x/{code.rstrip('A=')}"


def page_of_tiny(code: str) -> int:
    """The number that a short address stands for; 0 where it stands for none."""
    try:
        return int.from_bytes(b64decode(code.ljust(TINY, "A") + "=", b"_-"), "little")
    except Error:
        return 0
