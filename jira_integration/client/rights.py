"""Reads what accounts may do: our own in each project, and on Cloud that of other people too."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from atlassian.client import NotFound
from atlassian.client.shapes import ShapeError, rows, text

from . import readings
from .driver import Driver

BROWSE = "BROWSE_PROJECTS"
OF_OTHERS = "rights of other people"
AT_ONCE = 1_000
"""Projects or issues that Cloud checks in one call."""


class CloudRights(Driver):
    tells_of_others: ClassVar[bool] = True
    """Whether a Jira administrator may ask what somebody else may do."""

    def rights_in(
        self, projects: Sequence[int], keys: Sequence[str], account_id: str = ""
    ) -> dict[int, set[str]]:
        """By the project's id; one call for a thousand projects."""
        found: dict[int, set[str]] = {project: set() for project in projects}
        for some in _parts(projects):
            granted = self._granted(keys, projects=some, account_id=account_id)
            for key, held in granted.items():
                for project in held & found.keys():
                    found[project].add(key)
        return found

    def browsable_by(self, account_id: str, issues: Iterable[int]) -> set[int]:
        """Those of the issues that somebody may see, issue security included.

        Ours has to administer Jira. QueryRefused where Jira does not know the account.
        """
        found: set[int] = set()
        for some in _parts(list(issues)):
            granted = self._granted([BROWSE], issues=some, account_id=account_id)
            found |= granted.get(BROWSE, set())
        return found

    def _granted(
        self,
        keys: Sequence[str],
        *,
        projects: Sequence[int] = (),
        issues: Sequence[int] = (),
        account_id: str = "",
    ) -> Mapping[str, set[int]]:
        """By the permission: the projects or issues asked for in which it is held."""
        named = {"projects": list(projects)} if projects else {"issues": list(issues)}
        body: dict[str, Any] = {"projectPermissions": [{"permissions": list(keys), **named}]}
        if account_id:
            body["accountId"] = account_id
        part = "projects" if projects else "issues"
        answer = self._post("/permissions/check", body)
        return self._read(lambda given: _grants(given, part), answer)


class DataCenterRights(Driver):
    tells_of_others: ClassVar[bool] = False

    def rights_in(
        self, projects: Sequence[int], keys: Sequence[str], account_id: str = ""
    ) -> dict[int, set[str]]:
        """One call for each project; what has gone meanwhile holds none."""
        if account_id:
            raise NotFound(host=self._host, what=OF_OTHERS)
        return {project: self._rights_in_one(project) & set(keys) for project in projects}

    def browsable_by(self, account_id: str, issues: Iterable[int]) -> set[int]:  # noqa: ARG002
        """Data Center has no question for this."""
        raise NotFound(host=self._host, what=OF_OTHERS)

    def _rights_in_one(self, project: int) -> set[str]:
        try:
            body = self._get("/mypermissions", "permissions", projectId=project)
        except NotFound:
            return set()
        return self._read(readings.permissions, body)


def _grants(body: Any, part: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in rows(body, "projectPermissions"):
        held = rows(row, part)
        if not all(type(number) is int for number in held):
            raise ShapeError(part)
        found.setdefault(text(row, "permission"), set()).update(held)
    return found


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    every = list(numbers)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
