"""Reads what Jira keeps under a name: saved filters, sprints and fix versions."""

import re
from contextlib import suppress
from html import unescape
from typing import Any

from atlassian.client import Call, Forbidden, NotFound, QueryRefused, WrongCredentials
from atlassian.client.shapes import number, readable, required, rows, table, text

from .driver import Driver
from .places import NUMBER, Shorthand
from .records import Kept

AGILE = "/rest/agile/1.0"
NO_NAME = "No. {}"
MOST_SUGGESTED = 5
MOST_LOOKED_AT = 100
"""Issues read for the numbers of the versions that they are planned for."""
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
TAGS = re.compile(r"<[^>]{0,20}>")
LAST_NUMBER = re.compile(r"\s*\([0-9]+\)$")


class KeptDriver(Driver):
    def kept(self, shorthand: Shorthand, wanted: int) -> Kept | None:
        """None where it is not there, or not for this account."""
        if shorthand is Shorthand.SPRINT:
            return self._sprint(wanted)
        read = saved_filter if shorthand is Shorthand.FILTER else version
        try:
            body = self._get(f"/{shorthand}/{wanted}", f"{shorthand}s")
        except (NotFound, QueryRefused):
            return None
        return self._read(read, body)

    def suggest_kept(self, words: str) -> list[Kept]:
        """What Jira offers for the words; a kind that it does not offer is left out."""
        found: list[Kept] = []
        for ask in (self._filters, self._sprints, self._versions):
            with suppress(NotFound, QueryRefused, Forbidden, WrongCredentials):
                found += ask(words)[:MOST_SUGGESTED]
        return found

    def _filters(self, words: str) -> list[Kept]:
        raise NotImplementedError

    def check_jql(self, jql: str) -> list[str]:
        raise NotImplementedError

    def _rows_of(self, jql: str, fields: list[str], most: int) -> list[Any]:
        """The first issues of a search as they come."""
        raise NotImplementedError

    def _sprint(self, wanted: int) -> Kept | None:
        """Where the boards are closed to the account, a search alone says whether it is there."""
        site = self._base.removesuffix(self.api)
        call = Call("GET", f"{site}{AGILE}/sprint/{wanted}", what="sprints")
        try:
            return self._read(sprint, self._transport.ask(call))
        except (NotFound, QueryRefused, Forbidden, WrongCredentials):
            unknown = Kept(Shorthand.SPRINT, wanted, NO_NAME.format(wanted))
            return None if self.check_jql(unknown.jql) else unknown

    def _sprints(self, words: str) -> list[Kept]:
        found = self._suggested("Sprint", words)
        return [
            Kept(Shorthand.SPRINT, int(value), LAST_NUMBER.sub("", shown))
            for value, shown in found
            if NUMBER.fullmatch(value)
        ]

    def _versions(self, words: str) -> list[Kept]:
        """Jira suggests their names alone; the issues planned for them tell the numbers."""
        names = [value for value, _ in self._suggested("fixVersion", words)][:MOST_SUGGESTED]
        if not names:
            return []
        listed = ", ".join(quoted(name) for name in names)
        jql = f"fixVersion in ({listed}) ORDER BY updated DESC"
        issues = self._rows_of(jql, ["fixVersions", "project"], MOST_LOOKED_AT)
        found = [each for row in readable(issues, versions_of) for each in row]
        return [each for each in dict.fromkeys(found) if each.name in names]

    def _suggested(self, field: str, words: str) -> list[tuple[str, str]]:
        """The value as a query takes it, without its quotation marks, and how it is shown."""
        path = "/jql/autocompletedata/suggestions"
        body = self._get(path, "suggestions", fieldName=field, fieldValue=words)
        return self._read(suggested, body)


def saved_filter(body: Any) -> Kept:
    return Kept(Shorthand.FILTER, number(body, "id"), required(body, "name"))


def saved_filters(bodies: list[Any]) -> list[Kept]:
    return readable(bodies, saved_filter)


def sprint(body: Any) -> Kept:
    return Kept(Shorthand.SPRINT, number(body, "id"), required(body, "name"), text(body, "state"))


def version(body: Any, project: str = "") -> Kept:
    return Kept(Shorthand.VERSION, number(body, "id"), required(body, "name"), project)


def versions_of(body: Any) -> list[Kept]:
    """What an issue is to be fixed in."""
    fields = table(body, "fields")
    project = text(fields.get("project") or {}, "key")
    return readable(rows(fields, "fixVersions"), lambda each: version(each, project))


def suggested(body: Any) -> list[tuple[str, str]]:
    def one(row: Any) -> tuple[str, str]:
        value = required(row, "value")
        shown = TAGS.sub("", text(row, "displayName")) or value
        return plain_value(value), unescape(shown).strip()

    return readable(rows(body, "results"), one)


def plain_value(value: str) -> str:
    held = QUOTED.fullmatch(value)
    return re.sub(r"\\(.)", r"\1", held[1]) if held else value


def quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
