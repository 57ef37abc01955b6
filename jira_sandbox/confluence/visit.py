"""What a resource of Confluence's API receives."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jira_sandbox.cloud.cursors import Cursors
from jira_sandbox.messages import RefusedError, Request
from jira_sandbox.model.page import Page
from jira_sandbox.model.reader import Reader
from jira_sandbox.model.site import Site
from jira_sandbox.model.wiki import Wiki


@dataclass(frozen=True)
class Visit:
    """`base` is the address of the wiki, from which the links of pages begin."""

    request: Request
    site: Site
    reader: Reader
    base: str
    cursors: Cursors
    named: dict[str, str] = field(default_factory=dict)

    @property
    def wiki(self) -> Wiki:
        return self.site.wiki

    @property
    def context(self) -> str:
        return urlsplit(self.base).path

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from the query string; one beyond the most counts as the most."""
        text = self.request.argument(name, str(default))
        if not re.fullmatch(r"\d{1,9}", text) or int(text) < least:
            raise RefusedError(400, f"Provided value {{{text}}} for '{name}' is not allowed.")
        return min(int(text), most)

    def listed(self, name: str) -> list[str]:
        """A parameter that may come several times, or once with commas."""
        given = ",".join(self.request.query.get(name, []))
        return [each for each in given.split(",") if each]

    def page(self) -> Page | None:
        return self.reader.page(self.named["id"])
