"""Storage format, the XML that pages are kept in: whether it can be read, and what it says.

Atlassian, "Confluence Storage Format": XHTML with macros in the namespaces ac and ri.
"""

import re
from html.entities import html5
from xml.etree import ElementTree as ET

AC = "{http://www.atlassian.com/schema/confluence/4/ac/}"
RI = "{http://www.atlassian.com/schema/confluence/4/ri/}"
ROOT = f'<page xmlns:ac="{AC[1:-1]}" xmlns:ri="{RI[1:-1]}">'
OWN_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
NAMED = re.compile(r"&(\w+);")

Element = ET.Element


class StorageError(Exception):
    """The body is no storage format; Confluence refuses it."""


def parse(body: str) -> Element:
    """What stands in the body, below one root: so a document type cannot stand there."""
    try:
        return ET.fromstring(f"{ROOT}{NAMED.sub(_character, body)}</page>")  # noqa: S314
    except ET.ParseError as error:
        raise StorageError(f"Error parsing xhtml: {error}") from error


def text_of(body: str) -> str:
    """Every word of it, as the search index has them."""
    return " ".join(" ".join(parse(body).itertext()).split())


def _character(named: re.Match[str]) -> str:
    """HTML's names are known there, which are none of XML."""
    name = named[1]
    return named[0] if name in OWN_ENTITIES else html5.get(f"{name};", named[0])
