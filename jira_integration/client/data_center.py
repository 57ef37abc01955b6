"""Reads Jira Data Center and Server, from 7.x on, through their REST API, version 2."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atlassian.client import NotFound, QueryRefused
from atlassian.client.shapes import rows

from . import hooks, readings
from .below import BelowDriver
from .data_center_histories import DataCenterHistories
from .driver import ISSUE_FIELDS
from .hooks import Hook
from .kept import KeptDriver, saved_filters
from .offsets import Slice, walk
from .pages import each_once
from .people import DataCenterPeople
from .records import Account, Extra, Issue, IssueType, Kept, NeededField, Project
from .rights import DataCenterRights
from .unchanged import LookUp
from .writer import Writer
from .writings import issue_types, needed_fields, old_fields, old_types

BATCH = 200
"""Issues named in one query."""
ISSUE_PAGE = 1_000
NAME = re.compile(rf"[0-9]{{1,19}}|{readings.KEY.pattern}")


class DataCenterClient(
    DataCenterHistories, DataCenterPeople, DataCenterRights, BelowDriver, KeptDriver, Writer
):
    """A JiraClient. Whatever is not Cloud is read like this: a single node calls itself Server."""

    api = "/rest/api/2"

    def myself(self) -> Account:
        return self._prove("/myself", "users", readings.named_account)

    def permissions(self, keys: Sequence[str]) -> set[str]:
        return self._permissions(keys)

    def count_projects(self) -> int:
        return len(self._all_projects())

    def projects(self, limit: int = 50) -> list[Project]:
        return self._all_projects()[:limit]

    def read_issues(
        self,
        ids_or_keys: Iterable[int | str],
        numbers: Sequence[str] = (),
        look_up: LookUp | None = None,  # noqa: ARG002  its pages are small: each is read
    ) -> Iterator[list[Issue]]:
        names = list(dict.fromkeys(str(name) for name in ids_or_keys))
        names = [name for name in names if NAME.fullmatch(name)]
        for start in range(0, len(names), BATCH):
            yield self._read_batch(names[start : start + BATCH], Extra(tuple(numbers)))

    def search(
        self, jql: str, limit: int | None = None, numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        return self._pages(jql, Extra(tuple(numbers)), limit)

    def _pages(self, jql: str, extra: Extra, limit: int | None = None) -> Iterator[list[Issue]]:
        size = min(ISSUE_PAGE, limit or ISSUE_PAGE)
        return each_once(self._walk(jql, size, extra, validate=True), limit)

    def count(self, jql: str) -> int:
        return self._read(readings.total, self._search(jql, 0, 0, Extra(), validate=True))

    def check_jql(self, jql: str) -> list[str]:
        try:
            self.count(jql)
        except QueryRefused as refused:
            return refused.messages or [str(refused)]
        return []

    def signs_webhooks(self) -> bool:
        return self.server().signs_webhooks

    def register_webhook(self, hook: Hook) -> str:
        if self.signs_webhooks():
            return self._register(hooks.SINCE_10, hook.for_data_center_10())
        return self._register(hooks.FIRST, hook.for_data_center())

    def remove_webhook(self, number: str) -> None:
        self._remove_hook(hooks.SINCE_10 if self.signs_webhooks() else hooks.FIRST, number)

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

    def _filters(self, words: str) -> list[Kept]:
        """Data Center finds no filters by name; those that the account has starred are at hand."""
        body = self._get("/filter/favourite", "filters")
        starred = saved_filters(self._read(readings.whole_list, body))
        return [each for each in starred if words.casefold() in each.name.casefold()]

    def _rows_of(self, jql: str, fields: list[str], most: int) -> list[Any]:
        def ask(bounded: str) -> Any:
            asked = {"jql": bounded, "fields": fields, "maxResults": most, "validateQuery": False}
            return self._post("/search", asked)

        return self._read(lambda each: rows(each, "issues"), self._bounded(jql, ask))

    def _read_batch(self, names: list[str], extra: Extra) -> list[Issue]:
        """A query refused for one unknown key gives its other issues in halves; refused for every
        single one, it is not the keys that are at fault."""
        try:
            return self._read_named(names, extra)
        except QueryRefused as refused:
            found = self._read_halves(names, extra)
            if not found and len(names) > 1:
                raise refused from None
            return found

    def _read_halves(self, names: list[str], extra: Extra) -> list[Issue]:
        if len(names) == 1:
            return []
        found, middle = [], len(names) // 2
        for half in (names[:middle], names[middle:]):
            try:
                found += self._read_named(half, extra)
            except QueryRefused:
                found += self._read_halves(half, extra)
        return found

    def _read_named(self, names: list[str], extra: Extra) -> list[Issue]:
        """Keys and extra mix. Without validation a name that nobody has is passed over."""
        jql = f"id in ({', '.join(names)}) ORDER BY id"
        pages = each_once(self._walk(jql, len(names), extra, validate=False))
        return [issue for page in pages for issue in page]

    def _walk(self, jql: str, size: int, extra: Extra, *, validate: bool) -> Iterator[list[Issue]]:
        def ask(start: int, most: int) -> Slice:
            body = self._search(jql, start, most, extra, validate=validate)
            return self._read_slice(body, extra)

        return walk(ask, size, self._host)

    def _search(self, jql: str, start: int, most: int, extra: Extra, *, validate: bool) -> Any:
        """What is validated is a person's query, and kept within the chosen projects."""
        fields = {"fields": [*ISSUE_FIELDS, *extra.names], "validateQuery": validate}
        asked = {"startAt": start, "maxResults": most} | fields
        if not validate:
            return self._post("/search", asked | {"jql": jql})
        return self._bounded(jql, lambda bounded: self._post("/search", asked | {"jql": bounded}))

    def _read_slice(self, body: Any, extra: Extra) -> Slice:
        names, start, most, total = self._read(readings.slice_of, body)
        return Slice(self._read_issues(body, extra), names, start, most, total)
