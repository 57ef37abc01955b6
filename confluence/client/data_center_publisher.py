"""Writes into Confluence Data Center and Server, from 7.0 on, through their REST API."""

from typing import Any

from . import written
from .data_center import DataCenterClient
from .publisher import BATCH, MOST_SPACES
from .written import NewPage, Revision, Space, Written

CONTENT = "/rest/api/content"
EXPANDED = "version,body.storage,space"


class DataCenterPublisher(DataCenterClient):
    """A Publisher."""

    def spaces(self) -> list[Space]:
        found: list[Space] = []
        for start in range(0, MOST_SPACES, BATCH):
            body = self._get("/rest/api/space", "spaces", start=start, limit=BATCH)
            found += self._read(written.spaces, body)
            if not written.next_page(body):
                break
        return sorted(found, key=lambda space: space.name.casefold())

    def to_write(self, number: int) -> Written:
        path = f"{CONTENT}/{number}"
        body = self._of_one_page(lambda: self._get(path, "pages", expand=EXPANDED))
        return self._read(written.written, body)

    def titled(self, space: Space, title: str) -> Written | None:
        asked = {"spaceKey": space.key, "title": title, "type": "page", "expand": EXPANDED}
        body = self._get(CONTENT, "pages", limit=BATCH, **asked)
        rows = self._read(lambda given: written.each(given, written.written), body)
        return written.titled(rows, title)

    def create(self, new: NewPage) -> Written:
        body: dict[str, Any] = _page(new.title, new.body) | {"space": {"key": new.space.key}}
        if new.parent:
            body["ancestors"] = [{"id": str(new.parent)}]
        return self._read(written.written, self._send("POST", CONTENT, "pages", body))

    def replace(self, page: int, revision: Revision) -> Written:
        """Without what stands above, which leaves the page where it is."""
        number = {"number": revision.number, "message": revision.message}
        body = _page(revision.title, revision.body) | {"id": str(page), "version": number}
        path = f"{CONTENT}/{page}"
        answer = self._of_one_page(lambda: self._send("PUT", path, "pages", body))
        return self._read(written.written, answer)

    def may_write(self) -> None:
        """Nothing has scopes here."""

    def editor_of(self, page: Written) -> str:
        return page.editor


def _page(title: str, body: str) -> dict[str, Any]:
    return {"type": "page", "title": title, "body": {"storage": written.storage(body)}}
