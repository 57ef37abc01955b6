"""What every Jira client can do; one class per kind of Jira, one seam for the rest of the room."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, Self

from .histories import History
from .hooks import Hook
from .places import Shorthand
from .records import (
    Account,
    Field,
    Issue,
    IssueType,
    Kept,
    NeededField,
    NewIssue,
    Poisoned,
    Project,
    RemoteLink,
    Resolution,
    Server,
    Status,
    Suggestion,
)
from .unchanged import LookUp


class JiraClient(Protocol):
    """Reads Jira as one account. Every method may raise JiraError; close it after use."""

    poisoned: list[Poisoned]
    """Issues seen so far that could not be read: they have not vanished, and count as unread."""

    outside: dict[int, int]
    """Issues seen so far that lie outside the chosen projects, by number, with their project's."""

    unchanged: set[int]
    """What the last batch left out, being as it was known."""

    fingerprints: dict[int, str]
    """As which issues of the last batch can be known from now on."""

    withheld: set[int]
    """Issues seen so far that the person who is asked for may not browse."""

    @property
    def calls(self) -> int:
        """Requests sent so far."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...

    def server(self) -> Server:
        """Asked without credentials, so that nothing is sent to what is not Jira."""

    def myself(self) -> Account:
        """Proves who is signed in; every later answer has to name the same account."""

    def permissions(self, keys: Sequence[str]) -> set[str]:
        """Those of the permissions that the account holds somewhere."""

    @property
    def tells_of_others(self) -> bool:
        """Whether a Jira administrator may ask what somebody else may do."""

    def rights_in(
        self, projects: Sequence[int], keys: Sequence[str], account_id: str = ""
    ) -> dict[int, set[str]]:
        """Which of the permissions the account holds in each project; ours, or somebody else's
        where ours administers Jira."""

    def browsable_by(self, account_id: str, issues: Iterable[int]) -> set[int]:
        """Those of the issues that somebody else may see. Raises Forbidden unless the account
        administers Jira, QueryRefused for an unknown account."""

    def count_projects(self) -> int: ...

    def projects(self, limit: int = 50) -> list[Project]: ...

    def read_issues(
        self,
        ids_or_keys: Iterable[int | str],
        numbers: Sequence[str] = (),
        look_up: LookUp | None = None,
    ) -> Iterator[list[Issue]]:
        """In batches. What is neither here nor poisoned is deleted or invisible.

        A batch may leave out what is told to the letter as `look_up` knows it: `unchanged`.

        `numbers` are the ids of the numeric fields to read as well. Jira passes over one that it
        does not know."""

    def changelogs(self, ids: Iterable[int], fields: Sequence[str]) -> Iterator[list[History]]:
        """In batches. One that came damaged, or not whole, is poisoned; `fields` are at most ten
        ids. What is neither here nor poisoned is deleted or invisible."""

    def search(
        self, jql: str, limit: int | None = None, numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        """In pages, each issue once."""

    def children(
        self, parents: Sequence[int], numbers: Sequence[str] = ()
    ) -> Iterator[list[Issue]]:
        """What is directly below at most a hundred issues, in pages; `parents` of each says where.

        Raises QueryRefused where Jira takes none of the ways to ask."""

    def kept(self, shorthand: Shorthand, wanted: int) -> Kept | None:
        """A saved filter, a sprint or a version by its number; None where it cannot be seen."""

    def suggest_kept(self, words: str) -> list[Kept]: ...

    def count(self, jql: str) -> int:
        """Approximate."""

    def check_jql(self, jql: str) -> list[str]:
        """What is wrong with the query, in Jira's words; empty where nothing is."""

    def accounts(self) -> Iterator[list[Account]]:
        """People who may sign in, in pages; their e-mail addresses as far as Jira tells them."""

    def suggest(self, words: str) -> list[Suggestion]: ...

    def fields(self) -> list[Field]: ...

    def statuses(self) -> list[Status]: ...

    def keep_remote_link(self, issue_id: int, link: RemoteLink) -> None: ...

    def remove_remote_link(self, issue_id: int, global_id: str) -> bool: ...

    def issue_types(self, project: str) -> list[IssueType]: ...

    def needed_fields(self, project: str, type_id: str) -> list[NeededField]: ...

    def create_issue(
        self, project: str, type_id: str, summary: str, description: str
    ) -> NewIssue: ...

    def may_create(self) -> None: ...

    def resolutions(self) -> list[Resolution]: ...

    def signs_webhooks(self) -> bool:
        """Whether what Jira sends to a webhook bears a signature."""

    def register_webhook(self, hook: Hook) -> str:
        """Its number in Jira. The account has to administer Jira."""

    def remove_webhook(self, number: str) -> None: ...
