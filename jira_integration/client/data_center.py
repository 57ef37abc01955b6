"""Reads Jira Data Center and Server, from 7.x on, through their REST API, version 2."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import readings
from .data_center_histories import DataCenterHistories
from .driver import ISSUE_FIELDS
from .errors import NotFound, QueryRefused
from .offsets import Slice, walk
from .pages import each_once
from .records import Account, Issue, IssueType, NeededField, Project
from .writer import Writer
from .writings import issue_types, needed_fields, old_fields, old_types

BATCH = 200
"""Issues named in one query."""
ISSUE_PAGE = 1_000
NAME = re.compile(rf"[0-9]{{1,19}}|{readings.KEY.pattern}")


class DataCenterClient(DataCenterHistories, Writer):
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

    def read_issues(
        self, ids_or_keys: Iterable[int | str], numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        names = list(dict.fromkeys(str(name) for name in ids_or_keys))
        names = [name for name in names if NAME.fullmatch(name)]
        for start in range(0, len(names), BATCH):
            yield self._read_batch(names[start : start + BATCH], numbers)

    def search(
        self, jql: str, limit: int | None = None, numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        size = min(ISSUE_PAGE, limit or ISSUE_PAGE)
        return each_once(self._walk(jql, size, numbers, validate=True), limit)

    def count(self, jql: str) -> int:
        return self._read(readings.total, self._search(jql, 0, 0, (), validate=True))

    def check_jql(self, jql: str) -> list[str]:
        try:
            self.count(jql)
        except QueryRefused as refused:
            return refused.messages or [str(refused)]
        return []

    def _rich(self, text: str) -> str:
        return text

    def _types(self, project: str) -> Iterator[IssueType]:
        try:
            yield from super()._types(project)
        except NotFound:
            rows = self._read(old_types, self._old_meta(project))
            yield from issue_types(rows)

    def _fields(self, project: str, type_id: str) -> Iterator[NeededField]:
        try:
            yield from super()._fields(project, type_id)
        except NotFound:
            body = self._old_meta(project)
            yield from needed_fields(self._read(lambda given: old_fields(given, type_id), body))

    def _old_meta(self, project: str) -> Any:
        """Before 8.4; what is newer answers by project, and from 9.0 on by nothing else."""
        expand = "projects.issuetypes.fields"
        return self._get("/issue/createmeta", "issue types", projectKeys=project, expand=expand)

    def _all_projects(self) -> list[Project]:
        return self._read(readings.project_list, self._get("/project", "projects"))

    def _read_batch(self, names: list[str], numbers: Sequence[str]) -> list[Issue]:
        """A query refused for one unknown key gives its other issues in halves; refused for every
        single one, it is not the keys that are at fault."""
        try:
            return self._read_named(names, numbers)
        except QueryRefused as refused:
            found = self._read_halves(names, numbers)
            if not found and len(names) > 1:
                raise refused from None
            return found

    def _read_halves(self, names: list[str], numbers: Sequence[str]) -> list[Issue]:
        if len(names) == 1:
            return []
        found, middle = [], len(names) // 2
        for half in (names[:middle], names[middle:]):
            try:
                found += self._read_named(half, numbers)
            except QueryRefused:
                found += self._read_halves(half, numbers)
        return found

    def _read_named(self, names: list[str], numbers: Sequence[str]) -> list[Issue]:
        """Keys and numbers mix. Without validation a name that nobody has is passed over."""
        jql = f"id in ({', '.join(names)}) ORDER BY id"
        pages = each_once(self._walk(jql, len(names), numbers, validate=False))
        return [issue for page in pages for issue in page]

    def _walk(
        self, jql: str, size: int, numbers: Sequence[str], *, validate: bool
    ) -> Iterator[list[Issue]]:
        def ask(start: int, most: int) -> Slice:
            body = self._search(jql, start, most, numbers, validate=validate)
            return self._read_slice(body, numbers)

        return walk(ask, size, self._host)

    def _search(
        self, jql: str, start: int, most: int, numbers: Sequence[str], *, validate: bool
    ) -> Any:
        asked = {"jql": jql, "startAt": start, "maxResults": most, "validateQuery": validate}
        return self._post("/search", asked | {"fields": [*ISSUE_FIELDS, *numbers]})

    def _read_slice(self, body: Any, numbers: Sequence[str]) -> Slice:
        names, start, most, total = self._read(readings.slice_of, body)
        return Slice(self._read_issues(body, numbers), names, start, most, total)
