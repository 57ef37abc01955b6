"""Reads Jira Data Center and Server, from 7.x on, through their REST API, version 2."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import readings
from .driver import ISSUE_FIELDS, Driver
from .errors import BrokenAnswer, QueryRefused
from .offsets import Slice, walk
from .pages import MOST_PAGES, each_once
from .records import Account, Issue, Project

BATCH = 200
"""Issues named in one query."""
ISSUE_PAGE = 1_000
NAME = re.compile(rf"[0-9]{{1,19}}|{readings.KEY.pattern}")


class DataCenterClient(Driver):
    """A JiraClient. Whatever is not Cloud is read like this: a single node calls itself Server."""

    api = "/rest/api/2"

    def myself(self) -> Account:
        return self._prove(readings.named_account)

    def permissions(self, keys: Sequence[str]) -> set[str]:
        return self._permissions(keys)

    def count_projects(self) -> int:
        return len(self._all_projects())

    def projects(self, limit: int = 50) -> list[Project]:
        return self._all_projects()[:limit]

    def read_issues(self, ids_or_keys: Iterable[int | str]) -> Iterator[list[Issue]]:
        names = list(dict.fromkeys(str(name) for name in ids_or_keys))
        names = [name for name in names if NAME.fullmatch(name)]
        for start in range(0, len(names), BATCH):
            yield self._read_batch(names[start : start + BATCH])

    def search(self, jql: str, limit: int | None = None) -> Iterator[list[Issue]]:
        size = min(ISSUE_PAGE, limit or ISSUE_PAGE)
        return each_once(self._walk(jql, size, validate=True), limit)

    def count(self, jql: str) -> int:
        return self._read(readings.total, self._search(jql, 0, 0, validate=True))

    def check_jql(self, jql: str) -> list[str]:
        try:
            self.count(jql)
        except QueryRefused as refused:
            return refused.messages or [str(refused)]
        return []

    def accounts(self) -> Iterator[list[Account]]:
        """As far as the server has such a list: the older ones have none."""
        cursor: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page, following = self._read(
                readings.named_accounts, self._get("/user/list", "users", **cursor)
            )
            yield page
            if not following or following == cursor.get("cursor"):
                return
            cursor = {"cursor": following}
        raise BrokenAnswer(host=self._host, reason="pages without end")

    def _all_projects(self) -> list[Project]:
        return self._read(readings.project_list, self._get("/project", "projects"))

    def _read_batch(self, names: list[str]) -> list[Issue]:
        """A query refused for one unknown key gives its other issues in halves; refused for every
        single one, it is not the keys that are at fault."""
        try:
            return self._read_named(names)
        except QueryRefused as refused:
            found = self._read_halves(names)
            if not found and len(names) > 1:
                raise refused from None
            return found

    def _read_halves(self, names: list[str]) -> list[Issue]:
        if len(names) == 1:
            return []
        found, middle = [], len(names) // 2
        for half in (names[:middle], names[middle:]):
            try:
                found += self._read_named(half)
            except QueryRefused:
                found += self._read_halves(half)
        return found

    def _read_named(self, names: list[str]) -> list[Issue]:
        """Keys and numbers mix. Without validation a name that nobody has is passed over."""
        jql = f"id in ({', '.join(names)}) ORDER BY id"
        pages = each_once(self._walk(jql, len(names), validate=False))
        return [issue for page in pages for issue in page]

    def _walk(self, jql: str, size: int, *, validate: bool) -> Iterator[list[Issue]]:
        def ask(start: int, most: int) -> Slice:
            body = self._search(jql, start, most, validate=validate)
            return self._read_slice(body)

        return walk(ask, size, self._host)

    def _search(self, jql: str, start: int, most: int, *, validate: bool) -> Any:
        asked = {"jql": jql, "startAt": start, "maxResults": most, "fields": ISSUE_FIELDS}
        return self._post("/search", asked | {"validateQuery": validate})

    def _read_slice(self, body: Any) -> Slice:
        names, start, most, total = self._read(readings.slice_of, body)
        return Slice(self._read_issues(body), names, start, most, total)
