"""What every Jira client can do; one class per kind of Jira, one seam for the rest of the room."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, Self

from .records import Account, Field, Issue, Poisoned, Project, Server, Status, Suggestion


class JiraClient(Protocol):
    """Reads Jira as one account. Every method may raise JiraError; close it after use."""

    poisoned: list[Poisoned]
    """Issues seen so far that could not be read: they have not vanished, and count as unread."""

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

    def count_projects(self) -> int: ...

    def projects(self, limit: int = 50) -> list[Project]: ...

    def read_issues(self, ids_or_keys: Iterable[int | str]) -> Iterator[list[Issue]]:
        """In batches. What is neither here nor poisoned is deleted or invisible."""

    def search(self, jql: str, limit: int | None = None) -> Iterator[list[Issue]]:
        """In pages, each issue once."""

    def count(self, jql: str) -> int:
        """Approximate."""

    def check_jql(self, jql: str) -> list[str]:
        """What is wrong with the query, in Jira's words; empty where nothing is."""

    def accounts(self) -> Iterator[list[Account]]:
        """People who may sign in, in pages; their e-mail addresses as far as Jira tells them."""

    def suggest(self, words: str) -> list[Suggestion]: ...

    def fields(self) -> list[Field]: ...

    def statuses(self) -> list[Status]: ...
