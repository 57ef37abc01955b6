"""Reads Jira Cloud through its REST API, version 3."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from atlassian.client import Call, NotFound, QueryRefused, follow
from atlassian.client.shapes import rows

from . import hooks, readings
from .below import BelowDriver
from .cloud_histories import CloudHistories
from .driver import ISSUE_FIELDS
from .hooks import Hook
from .kept import KeptDriver, saved_filters
from .pages import Page, each_once
from .people import CloudPeople
from .records import Account, Extra, Issue, Kept, Project, Resolution
from .rights import CloudRights
from .unchanged import LookUp, Sifted, sift, whole
from .writer import Writer
from .writings import document

LARGEST_BATCH = 1_000
SURE_BATCH = 100
"""What bulkfetch takes where the larger batch is not offered."""
MOST_FIELDS = 100
"""With more of them bulkfetch takes the small batch only."""
ISSUE_PAGE = 1_000
PROJECT_PAGE = 50
KEPT_PAGE = 10
RESOLUTION_PAGE, MOST_RESOLUTION_PAGES = 50, 20


class CloudClient(CloudHistories, CloudPeople, CloudRights, BelowDriver, KeptDriver, Writer):
    """A JiraClient."""

    api = "/rest/api/3"
    parent_suffices = True
    largest_batch = LARGEST_BATCH

    def cloud_id(self) -> str:
        """The name of the site at the gateway."""
        return self._cloud_id(self._site.origin)

    def myself(self) -> Account:
        return self._prove("/myself", "users", readings.account)

    def permissions(self, keys: Sequence[str]) -> set[str]:
        return self._permissions(keys, permissions=",".join(keys))

    def count_projects(self) -> int:
        body = self._get("/project/search", "projects", maxResults=1)
        return self._read(readings.total, body)

    def projects(self, limit: int = PROJECT_PAGE) -> list[Project]:
        found: list[Project] = []
        for start in range(0, limit, PROJECT_PAGE):
            size = min(PROJECT_PAGE, limit - start)
            body = self._get("/project/search", "projects", startAt=start, maxResults=size)
            found += self._read(readings.projects, body)
            if body.get("isLast") is not False:
                break
        return found

    def read_issues(
        self,
        ids_or_keys: Iterable[int | str],
        numbers: Sequence[str] = (),
        look_up: LookUp | None = None,
    ) -> Iterator[list[Issue]]:
        wanted, read = list(dict.fromkeys(ids_or_keys)), 0
        extra = Extra(tuple(numbers))
        fields = [*ISSUE_FIELDS, *extra.names]
        while read < len(wanted):
            size = self.largest_batch if len(fields) <= MOST_FIELDS else SURE_BATCH
            batch = wanted[read : read + size]
            known = look_up(batch) if look_up and self._may_pass_over(extra) else None
            try:
                sifted = self._ask_for(batch, fields, known)
            except QueryRefused:
                if len(batch) <= SURE_BATCH:
                    raise
                self.largest_batch = SURE_BATCH
                continue
            read += len(batch)
            yield self._read_sifted(sifted, extra)

    def _ask_for(
        self, batch: Sequence[int | str], fields: list[str], known: Mapping[str, int] | None
    ) -> Sifted:
        url, asked = f"{self._base}/issue/bulkfetch", [str(name) for name in batch]
        body = {"issueIdsOrKeys": asked, "fields": fields}
        read = whole if known is None else partial(sift, known=known)
        call = Call("POST", url, body=body, decode=read, what="issues")
        sifted: Sifted = self._transport.ask(call)
        return sifted

    def search(
        self, jql: str, limit: int | None = None, numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        return self._pages(jql, Extra(tuple(numbers)), limit)

    def _pages(self, jql: str, extra: Extra, limit: int | None = None) -> Iterator[list[Issue]]:
        size = min(ISSUE_PAGE, limit or ISSUE_PAGE)
        pages = follow(lambda token: self._search_page(jql, size, token, extra), self._host)
        return each_once((page.issues for page in pages), limit)

    def count(self, jql: str) -> int:
        path = "/search/approximate-count"
        body = self._bounded(jql, lambda bounded: self._post(path, {"jql": bounded}))
        return self._read(readings.count, body)

    def check_jql(self, jql: str) -> list[str]:
        try:
            body = self._post("/jql/parse", {"queries": [jql]}, validation="strict")
        except QueryRefused as refused:
            return refused.messages or [str(refused)]
        return self._read(readings.parse_errors, body)

    def resolutions(self) -> list[Resolution]:
        """By pages; a site that does not offer these has the older list."""
        try:
            return self._paged_resolutions()
        except NotFound:
            return super().resolutions()

    def _paged_resolutions(self) -> list[Resolution]:
        found: list[Resolution] = []
        for page in range(MOST_RESOLUTION_PAGES):
            start = page * RESOLUTION_PAGE
            body = self._get(
                "/resolution/search", "resolutions", startAt=start, maxResults=RESOLUTION_PAGE
            )
            found += self._read(readings.resolution_page, body)
            if body.get("isLast") is not False:
                break
        return found

    def _filters(self, words: str) -> list[Kept]:
        asked = {"filterName": words, "isSubstringMatch": "true"}
        body = self._get("/filter/search", "filters", maxResults=KEPT_PAGE, **asked)
        return saved_filters(self._read(lambda each: rows(each, "values"), body))

    def _rows_of(self, jql: str, fields: list[str], most: int) -> list[Any]:
        def ask(bounded: str) -> Any:
            asked = {"jql": bounded, "fields": fields, "maxResults": most}
            return self._post("/search/jql", asked)

        return self._read(lambda each: rows(each, "issues"), self._bounded(jql, ask))

    def signs_webhooks(self) -> bool:
        return True

    def register_webhook(self, hook: Hook) -> str:
        return self._register(hooks.FIRST, hook.for_cloud())

    def remove_webhook(self, number: str) -> None:
        self._remove_hook(hooks.FIRST, number)

    def _rich(self, text: str) -> dict[str, Any]:
        return document(text)

    def _search_page(self, jql: str, size: int, token: str, extra: Extra) -> Page:
        asked = {"fields": [*ISSUE_FIELDS, *extra.names], "maxResults": size}
        asked |= {"nextPageToken": token} if token else {}
        body = self._bounded(
            jql, lambda bounded: self._post("/search/jql", asked | {"jql": bounded})
        )
        return Page(self._read_issues(body, extra), self._read(readings.next_token, body))
