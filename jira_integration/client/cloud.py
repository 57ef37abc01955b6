"""Reads Jira Cloud through its REST API, version 3."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from . import readings
from .address import SiteAddress
from .credentials import Credentials
from .errors import BrokenAnswer, NotFound, NotJira, QueryRefused, WrongCredentials
from .pages import Page, follow
from .policy import AddressPolicy
from .records import Account, Field, Issue, Poisoned, Project, Server, Status, Suggestion
from .shapes import ShapeError
from .transport import Call, Patience, Transport

T = TypeVar("T")

API = "/rest/api/3"
HOOKS = "/rest/webhooks/1.0/webhook"
ISSUE_FIELDS = ["summary", "status", "issuetype", "updated"]
LARGEST_BATCH = 1_000
SURE_BATCH = 100
"""What bulkfetch takes where the larger batch is not offered."""
ISSUE_PAGE = 1_000
PROJECT_PAGE = 50
ANY_ISSUE = "project is not EMPTY ORDER BY updated DESC"


class CloudClient:
    """A JiraClient. `api_base` is where the API is when it is not on the site (the gateway)."""

    def __init__(
        self,
        site: SiteAddress,
        credentials: Credentials,
        policy: AddressPolicy,
        api_base: str = "",
        *,
        patience: Patience | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.poisoned: list[Poisoned] = []
        self.largest_batch = LARGEST_BATCH
        self._site = site
        self._base = (api_base or site.url) + API
        self._transport = Transport(credentials, policy, patience or Patience(), clock)

    @property
    def calls(self) -> int:
        return self._transport.calls

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def server(self) -> Server:
        call = Call("GET", f"{self._site.url}{API}/serverInfo", signed=False)
        try:
            return readings.server(self._transport.ask(call))
        except (NotFound, QueryRefused, WrongCredentials, ShapeError) as error:
            detail = f"serverInfo: {error}"
        raise NotJira(host=self._site.host, detail=detail)

    def cloud_id(self) -> str:
        """The name of the site at the gateway."""
        call = Call("GET", f"{self._site.origin}/_edge/tenant_info", signed=False)
        return self._read(readings.cloud_id, self._transport.ask(call))

    def myself(self) -> Account:
        call = Call("GET", f"{self._base}/myself", what="users")
        return self._read(readings.account, self._transport.prove(call))

    def permissions(self, keys: Sequence[str]) -> set[str]:
        body = self._get("/mypermissions", "permissions", permissions=",".join(keys))
        return self._read(readings.permissions, body) & set(keys)

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

    def read_issues(self, ids_or_keys: Iterable[int | str]) -> Iterator[list[Issue]]:
        waiting = list(dict.fromkeys(str(name) for name in ids_or_keys))
        while waiting:
            batch = waiting[: self.largest_batch]
            asked = {"issueIdsOrKeys": batch, "fields": ISSUE_FIELDS}
            try:
                body = self._post("/issue/bulkfetch", asked)
            except QueryRefused:
                if len(batch) <= SURE_BATCH:
                    raise
                self.largest_batch = SURE_BATCH
                continue
            waiting = waiting[len(batch) :]
            yield self._read_issues(body)

    def search(self, jql: str, limit: int | None = None) -> Iterator[list[Issue]]:
        size = min(ISSUE_PAGE, limit or ISSUE_PAGE)
        seen: set[int] = set()
        for page in follow(lambda token: self._search_page(jql, size, token), self._host):
            fresh = [issue for issue in page.issues if issue.id not in seen]
            fresh = fresh[: limit - len(seen)] if limit else fresh
            seen.update(issue.id for issue in fresh)
            yield fresh
            if limit and len(seen) >= limit:
                return

    def count(self, jql: str) -> int:
        body = self._post("/search/approximate-count", {"jql": jql})
        return self._read(readings.count, body)

    def check_jql(self, jql: str) -> list[str]:
        try:
            body = self._post("/jql/parse", {"queries": [jql]}, validation="strict")
        except QueryRefused as refused:
            return refused.messages or [str(refused)]
        return self._read(readings.parse_errors, body)

    def suggest(self, words: str) -> list[Suggestion]:
        body = self._get("/issue/picker", "issues", query=words, currentJQL=ANY_ISSUE)
        return self._read(readings.suggestions, body)

    def fields(self) -> list[Field]:
        return self._read(readings.fields, self._get("/field", "fields"))

    def statuses(self) -> list[Status]:
        return self._read(readings.statuses, self._get("/status", "statuses"))

    def register_webhook(self, name: str, url: str, secret: str, events: Sequence[str]) -> str:
        """Its number in Jira. The account has to administer Jira."""
        body = {"name": name, "url": url, "secret": secret, "events": list(events)}
        asked = body | {"filters": {}, "excludeBody": False}
        answer = self._transport.ask(Call("POST", self._hooks, body=asked, what="webhooks"))
        return self._read(readings.webhook_number, answer)

    def remove_webhook(self, number: str) -> None:
        self._transport.ask(Call("DELETE", f"{self._hooks}/{number}", what="webhooks"))

    @property
    def _hooks(self) -> str:
        return self._base.removesuffix(API) + HOOKS

    @property
    def _host(self) -> str:
        return urlsplit(self._base).hostname or self._site.host

    def _get(self, path: str, what: str, **params: str | int) -> Any:
        return self._transport.ask(Call("GET", self._base + path, params, what=what))

    def _post(self, path: str, body: Mapping[str, Any], **params: str | int) -> Any:
        return self._transport.ask(Call("POST", self._base + path, params, body))

    def _read(self, read: Callable[[Any], T], body: Any) -> T:
        try:
            return read(body)
        except ShapeError as problem:
            place = str(problem)
        raise BrokenAnswer(host=self._host, reason="wrong shape", detail=f"at {place}")

    def _read_issues(self, body: Any) -> list[Issue]:
        found, spoiled = self._read(readings.issues, body)
        self.poisoned += spoiled
        return found

    def _search_page(self, jql: str, size: int, token: str) -> Page:
        asked = {"jql": jql, "fields": ISSUE_FIELDS, "maxResults": size}
        body = self._post("/search/jql", asked | ({"nextPageToken": token} if token else {}))
        return Page(self._read_issues(body), self._read(readings.next_token, body))
