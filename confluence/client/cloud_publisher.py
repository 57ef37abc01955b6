"""Writes into Confluence Cloud, through version 2 of its REST API."""

from urllib.parse import parse_qs, urlsplit

from atlassian.client import Forbidden, MissingScope, NotFound

from . import written
from .cloud import V2, CloudClient
from .publisher import BATCH, MOST_SPACES
from .written import STORAGE, NewPage, Revision, Space, Written

CURRENT = "current"


class CloudPublisher(CloudClient):
    """A Publisher."""

    def spaces(self) -> list[Space]:
        found: list[Space] = []
        cursor = ""
        for _ in range(MOST_SPACES // BATCH):
            more = {"cursor": cursor} if cursor else {}
            body = self._get(f"{V2}/spaces", "spaces", status=CURRENT, limit=BATCH, **more)
            found += self._read(written.spaces, body)
            cursor = _cursor(written.next_page(body))
            if not cursor:
                break
        return sorted(found, key=lambda space: space.name.casefold())

    def to_write(self, number: int) -> Written:
        form = {"body-format": STORAGE}
        body = self._of_one_page(lambda: self._get(f"{V2}/pages/{number}", "pages", **form))
        return self._read(written.cloud_written, body)

    def titled(self, space: Space, title: str) -> Written | None:
        asked: dict[str, str | int] = {
            "space-id": space.id,
            "title": title,
            "body-format": STORAGE,
            "status": CURRENT,
        }
        body = self._get(f"{V2}/pages", "pages", limit=BATCH, **asked)
        rows = self._read(lambda given: written.each(given, written.cloud_written), body)
        return written.titled(rows, title)

    def create(self, new: NewPage) -> Written:
        body = {
            "spaceId": str(new.space.id),
            "status": CURRENT,
            "title": new.title,
            "body": written.storage(new.body),
        }
        if new.parent:
            body["parentId"] = str(new.parent)
        return self._read(written.cloud_written, self._send("POST", f"{V2}/pages", "pages", body))

    def replace(self, page: int, revision: Revision) -> Written:
        body = {
            "id": str(page),
            "status": CURRENT,
            "title": revision.title,
            "body": written.storage(revision.body),
            "version": {"number": revision.number, "message": revision.message},
        }
        answer = self._of_one_page(lambda: self._send("PUT", f"{V2}/pages/{page}", "pages", body))
        return self._read(written.cloud_written, answer)

    def may_write(self) -> None:
        self._send("POST", f"{V2}/pages", "pages", {})

    def editor_of(self, page: Written) -> str:
        """Version 2 tells accounts alone, by their ids; the name is worth a call but no failure."""
        if not page.editor_id:
            return page.editor
        try:
            body = self._get("/rest/api/user", "users", accountId=page.editor_id)
        except (NotFound, Forbidden, MissingScope):
            return ""
        return self._read(written.display_name, body)


def _cursor(address: str) -> str:
    return next(iter(parse_qs(urlsplit(address).query).get("cursor", [])), "")
