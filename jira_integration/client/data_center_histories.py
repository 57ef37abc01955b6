"""Reads changelogs from Data Center: searches by number tell them with the issues."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atlassian.client import BrokenAnswer, QueryRefused
from atlassian.client.shapes import ShapeError, rows

from . import histories, readings
from .driver import Driver
from .histories import History, Sought
from .offsets import Slice, walk
from .records import Poisoned

BATCH = 50
TOO_MUCH = ("too large", "too many values")
CUSTOM = "customfield_"


class DataCenterHistories(Driver):
    def changelogs(self, ids: Iterable[int], fields: Sequence[str]) -> Iterator[list[History]]:
        waiting, sought = list(dict.fromkeys(ids)), self._sought(fields)
        for start in range(0, len(waiting), BATCH):
            yield self._in_halves(waiting[start : start + BATCH], sought)

    def _sought(self, fields: Sequence[str]) -> Sought:
        """A changelog names custom fields by the name that they have on this site."""
        if not any(name.startswith(CUSTOM) for name in fields):
            return Sought(fields, {})
        return Sought(fields, {each.name: each.id for each in self.fields() if each.id in fields})

    def _in_halves(self, numbers: list[int], sought: Sought) -> list[History]:
        """An issue too large for one answer, or one that spoils the question, stands alone."""
        try:
            return self._together(numbers, sought)
        except (BrokenAnswer, QueryRefused) as error:
            if isinstance(error, BrokenAnswer) and error.reason not in TOO_MUCH:
                raise
            if len(numbers) == 1:
                self.poisoned.append(Poisoned(numbers[0], "", "changelog"))
                return []
        middle = len(numbers) // 2
        halves = numbers[:middle], numbers[middle:]
        return [each for half in halves for each in self._in_halves(half, sought)]

    def _together(self, numbers: list[int], sought: Sought) -> list[History]:
        found: dict[int, History] = {}

        def ask(start: int, most: int) -> Slice:
            body = self._search_changelogs(numbers, start, most)
            for row in self._read(lambda each: rows(each, "issues"), body):
                if one := self._history(row, sought):
                    found[one.issue_id] = one
            names, begins, size, total = self._read(readings.slice_of, body)
            return Slice([], names, begins, size, total)

        for _ in walk(ask, len(numbers), self._host):
            pass
        return list(found.values())

    def _search_changelogs(self, numbers: list[int], start: int, most: int) -> Any:
        jql = f"id in ({', '.join(map(str, numbers))}) ORDER BY id"
        asked = {"jql": jql, "startAt": start, "maxResults": most, "validateQuery": False}
        return self._post("/search", asked | {"fields": ["created"], "expand": ["changelog"]})

    def _history(self, row: Any, sought: Sought) -> History | None:
        try:
            number, created = histories.born(row)
            entries, all_told = histories.expanded(row)
            if not all_told:
                entries = self._alone(number)
            return histories.history(number, created, entries, sought)
        except ShapeError as problem:
            self.poisoned.append(readings.poisoned(row, str(problem)))
            return None

    def _alone(self, number: int) -> list[Any]:
        """A search may cut a long changelog short. Raises ShapeError where Jira tells no more."""
        path = f"/issue/{number}"
        body = self._get(path, "changelogs", fields="created", expand="changelog")
        entries, all_told = histories.expanded(body)
        if not all_told:
            raise ShapeError("changelog")
        return entries
