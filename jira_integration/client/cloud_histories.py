"""Reads changelogs from Jira Cloud: in bulk, or issue by issue where bulk is not offered."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from atlassian.client import MOST_PAGES, BrokenAnswer, NotFound, follow
from atlassian.client.shapes import ShapeError, rows

from . import histories, readings
from .driver import Driver
from .histories import History, Sought
from .pages import Page
from .records import Poisoned

BATCH = 100
"""Issues in one question: what every bulk endpoint takes."""
CHANGES_A_PAGE = 1_000
PAGE_OF_ONE = 100


class CloudHistories(Driver):
    bulk_changelogs = True

    def changelogs(self, ids: Iterable[int], fields: Sequence[str]) -> Iterator[list[History]]:
        waiting = list(dict.fromkeys(ids))
        for start in range(0, len(waiting), BATCH):
            born = self._born(waiting[start : start + BATCH])
            yield self._histories(born, Sought(fields, {}))

    def _born(self, numbers: list[int]) -> dict[int, datetime]:
        """When the issues were created, as far as they can be seen."""
        asked = {"issueIdsOrKeys": [str(number) for number in numbers], "fields": ["created"]}
        body = self._post("/issue/bulkfetch", asked)
        found: dict[int, datetime] = {}
        for row in self._read(lambda each: rows(each, "issues"), body):
            try:
                number, created = histories.born(row)
            except ShapeError as problem:
                self.poisoned.append(readings.poisoned(row, str(problem)))
            else:
                found[number] = created
        return found

    def _histories(self, born: dict[int, datetime], sought: Sought) -> list[History]:
        logs = self._logs(list(born), sought) if born else {}
        found = []
        for number in born.keys() & logs.keys():
            try:
                found.append(histories.history(number, born[number], logs[number], sought))
            except ShapeError as problem:
                self.poisoned.append(Poisoned(number, "", str(problem)))
        return found

    def _logs(self, numbers: list[int], sought: Sought) -> dict[int, list[Any]]:
        if self.bulk_changelogs:
            try:
                return self._bulk(numbers, sought)
            except NotFound:
                self.bulk_changelogs = False
        logs = {number: self._one(number) for number in numbers}
        return {number: entries for number, entries in logs.items() if entries is not None}

    def _bulk(self, numbers: list[int], sought: Sought) -> dict[int, list[Any]]:
        """Every issue that was asked for; those that never changed have no entry in the answer."""
        found: dict[int, list[Any]] = {number: [] for number in numbers}
        asked = {
            "issueIdsOrKeys": [str(number) for number in numbers],
            "fieldIds": list(sought.fields),
            "maxResults": CHANGES_A_PAGE,
        }

        def ask(token: str) -> Page:
            body = self._post(
                "/changelog/bulkfetch", asked | ({"nextPageToken": token} if token else {})
            )
            for number, entries in self._read(histories.logs_by_issue, body).items():
                found.get(number, []).extend(entries)
            return Page([], self._read(readings.next_token, body))

        for _ in follow(ask, self._host):
            pass
        return found

    def _one(self, number: int) -> list[Any] | None:
        """None where the issue went out of sight meanwhile."""
        entries: list[Any] = []
        for _ in range(MOST_PAGES):
            place = {"startAt": len(entries), "maxResults": PAGE_OF_ONE}
            try:
                body = self._get(f"/issue/{number}/changelog", "changelogs", **place)
            except NotFound:
                self.poisoned.append(Poisoned(number, "", "changelog"))
                return None
            more, last = self._read(histories.page_of_one, body)
            entries += more
            if last or not more:
                return entries
        raise BrokenAnswer(host=self._host, reason="pages without end")
