"""What is written into Jira: links to key results, and new issues. Both editions, two dialects."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from atlassian.client import Call, NotFound

from . import writings
from .driver import Driver
from .records import IssueType, NeededField, NewIssue, RemoteLink

T = TypeVar("T")

META_PAGE = 200
MOST_TYPES = 1_000


class Writer(Driver):
    """Adds to a driver what changes Jira. An answer may be lost after Jira has done the work."""

    def keep_remote_link(self, issue_id: int, link: RemoteLink) -> None:
        """Made, or brought up to date by its global id; safe to repeat."""
        body = writings.remote_link_body(link)
        self._write("POST", f"/issue/{issue_id}/remotelink", "remote links", body)

    def remove_remote_link(self, issue_id: int, global_id: str) -> bool:
        """False where there is no such link or issue any more, or none that we may see."""
        path = f"/issue/{issue_id}/remotelink?globalId={quote(global_id, safe='')}"
        try:
            self._write("DELETE", path, "remote links")
        except NotFound:
            return False
        return True

    def issue_types(self, project: str) -> list[IssueType]:
        """Those that can be created there; none where the account may not create."""
        return list(self._types(project))

    def needed_fields(self, project: str, type_id: str) -> list[NeededField]:
        """What an issue of this type has to be given there and gets no value for by itself."""
        return [field for field in self._fields(project, type_id) if field.is_needed]

    def create_issue(self, project: str, type_id: str, summary: str, description: str) -> NewIssue:
        """Not safe to repeat. QueryRefused tells what Jira misses; 401 that the token may not."""
        fields: dict[str, Any] = {
            "project": {"key": project},
            "issuetype": {"id": type_id},
            "summary": summary,
        }
        if description:
            fields["description"] = self._rich(description)
        return self._read(writings.new_issue, self._create(fields))

    def may_create(self) -> None:
        """Asks for an issue of nothing, which no Jira makes: only what stands before the contents
        can be wrong with the account. Raises what that is, and QueryRefused where all is well."""
        self._create({})

    @abstractmethod
    def _rich(self, text: str) -> Any:
        """A long text as this edition takes it."""

    def _types(self, project: str) -> Iterator[IssueType]:
        path = f"/issue/createmeta/{quote(project, safe='')}/issuetypes"
        yield from self._meta(path, writings.issue_types)

    def _fields(self, project: str, type_id: str) -> Iterator[NeededField]:
        place = f"/issue/createmeta/{quote(project, safe='')}/issuetypes/{quote(type_id, safe='')}"
        yield from self._meta(place, writings.needed_fields)

    def _meta(self, path: str, read: "writings.ReadRows[T]") -> Iterator[T]:
        """Every page; Cloud calls the rows by what they are, Data Center `values`."""
        for start in range(0, MOST_TYPES, META_PAGE):
            body = self._get(path, "issue types", startAt=start, maxResults=META_PAGE)
            rows, last = self._read(lambda given: writings.page_of(given, read), body)
            yield from rows
            if last:
                return

    def _create(self, fields: Mapping[str, Any]) -> Any:
        return self._write("POST", "/issue", "new issues", {"fields": fields})

    def _write(
        self, method: str, path: str, what: str, body: Mapping[str, Any] | None = None
    ) -> Any:
        return self._transport.ask(Call(method, self._base + path, body=body, what=what))
