"""What the drivers of both kinds of Jira have in common: asking, and reading the answers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import atlassian.client
from atlassian.client import (
    AddressPolicy,
    Call,
    Credentials,
    NotFound,
    QueryRefused,
    SiteAddress,
    WrongCredentials,
)
from atlassian.client.shapes import ShapeError
from okr.outgoing import Patience

from . import readings
from .bounds import within
from .dialect import JIRA
from .errors import NotJira
from .records import (
    Extra,
    Field,
    Issue,
    Poisoned,
    Project,
    Resolution,
    Server,
    Status,
    Suggestion,
)
from .unchanged import LookUp, Sifted

T = TypeVar("T")

ISSUE_FIELDS = ("summary", "status", "issuetype", "updated", "resolution", "project")
ANY_ISSUE = "project is not EMPTY ORDER BY updated DESC"
MOST_PROJECTS = 2_000


class Driver(atlassian.client.Driver):
    """`api_base` is where the API is when it is not on the site (the gateway of Cloud).

    With `projects`, the ids of some, no issue of another one is ever answered: every query is kept
    within them, and whatever comes back is checked again. With `seen_by`, an account, nothing is
    answered that this account may not browse.
    """

    dialect = JIRA

    def __init__(
        self,
        site: SiteAddress,
        credentials: Credentials,
        policy: AddressPolicy,
        api_base: str = "",
        *,
        patience: Patience | None = None,
        projects: Collection[int] | None = None,
        seen_by: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.poisoned: list[Poisoned] = []
        self.unchanged: set[int] = set()
        self.fingerprints: dict[int, str] = {}
        self.outside: dict[int, int] = {}
        self._chosen = None if projects is None else frozenset(projects)
        self._asked_within = self._chosen
        self.withheld: set[int] = set()
        self._seen_by = seen_by
        self._site = site
        url = api_base or site.url
        super().__init__(url, credentials, policy, patience=patience, clock=clock)

    def server(self) -> Server:
        try:
            return self.about()
        except (NotFound, QueryRefused, WrongCredentials, ShapeError) as error:
            detail = f"serverInfo: {error}"
        raise NotJira(host=self._site.host, detail=detail)

    def about(self) -> Server:
        """As `server`, but tells a refusal or a wrong shape apart."""
        call = Call("GET", f"{self._site.url}{self.api}/serverInfo", signed=False, what="issues")
        return readings.server(self._transport.ask(call))

    def projects(self, limit: int = 50) -> list[Project]:
        raise NotImplementedError

    def read_issues(
        self,
        ids_or_keys: Iterable[int | str],
        numbers: Sequence[str] = (),
        look_up: LookUp | None = None,
    ) -> Iterator[list[Issue]]:
        raise NotImplementedError

    def browsable_by(self, account_id: str, issues: Iterable[int]) -> set[int]:
        raise NotImplementedError

    def suggest(self, words: str) -> list[Suggestion]:
        """A suggestion tells neither project nor number: where either matters, it is read first."""
        jql = ANY_ISSUE if self._chosen is None else within(ANY_ISSUE, self._chosen)
        body = self._get("/issue/picker", "issues", query=words, currentJQL=jql)
        found = self._read(readings.suggestions, body)
        if (self._chosen is None and not self._seen_by) or not found:
            return found
        pages = self.read_issues([each.key for each in found])
        inside = {issue.key for page in pages for issue in page}
        return [each for each in found if each.key in inside]

    def fields(self) -> list[Field]:
        return self._read(readings.fields, self._get("/field", "fields"))

    def statuses(self) -> list[Status]:
        return self._read(readings.statuses, self._get("/status", "statuses"))

    def resolutions(self) -> list[Resolution]:
        return self._read(readings.resolutions, self._get("/resolution", "resolutions"))

    def _permissions(self, keys: Sequence[str], **params: str) -> set[str]:
        body = self._get("/mypermissions", "permissions", **params)
        return self._read(readings.permissions, body) & set(keys)

    def _register(self, path: str, asked: Mapping[str, Any]) -> str:
        url = self._base.removesuffix(self.api) + path
        body = self._transport.ask(Call("POST", url, body=asked, what="webhooks"))
        return self._read(readings.webhook_number, body)

    def _remove_hook(self, path: str, number: str) -> None:
        url = f"{self._base.removesuffix(self.api)}{path}/{number}"
        self._transport.ask(Call("DELETE", url, what="webhooks"))

    def _post(self, path: str, body: Mapping[str, Any], **params: str | int) -> Any:
        return self._send("POST", path, "issues", body, **params)

    def _may_pass_over(self, extra: Extra) -> bool:
        """Where it matters to which project or to whom an issue is open, or how large it is, each
        is read."""
        return not (extra.names or self._seen_by or self._chosen is not None)

    def _read_issues(self, body: Any, extra: Extra) -> list[Issue]:
        return self._read_sifted(Sifted(body), extra)

    def _read_sifted(self, sifted: Sifted, extra: Extra) -> list[Issue]:
        body, self.unchanged, self.fingerprints = sifted.body, sifted.same, sifted.fingerprints
        alone = not self.unchanged
        found, spoiled = self._read(lambda body: readings.issues(body, extra, alone=alone), body)
        self.poisoned += spoiled
        if self._chosen is not None:
            found = list(self._inside(found, self._chosen))
        return self._browsable(found) if self._seen_by and found else found

    def _browsable(self, found: list[Issue]) -> list[Issue]:
        """An account that Jira does not know may browse nothing."""
        try:
            seen = self.browsable_by(self._seen_by, [issue.id for issue in found])
        except QueryRefused:
            seen = set()
        self.withheld |= {issue.id for issue in found} - seen
        return [issue for issue in found if issue.id in seen]

    def _inside(self, found: list[Issue], chosen: Collection[int]) -> Iterator[Issue]:
        for issue in found:
            if issue.project_id in chosen:
                yield issue
            elif issue.project_id is None:
                self.poisoned.append(Poisoned(issue.id, issue.key, "project"))
            else:
                self.outside[issue.id] = issue.project_id

    def _bounded(self, jql: str, ask: Callable[[str], T]) -> T:
        """Asks within the chosen projects. Jira refuses a query that names one which is gone, so
        that it is asked once more within those that are still there."""
        if self._asked_within is None:
            return ask(jql)
        bounded = within(jql, self._asked_within)
        try:
            return ask(bounded)
        except QueryRefused as refused:
            there = {project.id for project in self.projects(MOST_PROJECTS)}
            if self._asked_within <= there:
                raise
            self._asked_within &= there
            if not self._asked_within:
                raise refused from None
        return ask(within(jql, self._asked_within))
