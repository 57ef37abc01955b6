"""Reads who has an account in Jira: both kinds list them, each in its own way."""

from collections.abc import Iterator
from typing import Any

from atlassian.client import MOST_PAGES, BrokenAnswer
from atlassian.client.shapes import ShapeError, readable, rows, text

from .driver import Driver
from .readings import account, named_account
from .records import Account

ACCOUNT_PAGE = 1_000
PERSON = "atlassian"
"""The type of an account that is a person's, and no app's nor a customer's."""


class CloudPeople(Driver):
    def accounts(self) -> Iterator[list[Account]]:
        """The account has to hold Browse users and groups."""
        start = 0
        for _ in range(MOST_PAGES):
            body = self._get("/users/search", "users", startAt=start, maxResults=ACCOUNT_PAGE)
            number, page = self._read(_accounts, body)
            if not number:
                return
            start += number
            yield page
        raise BrokenAnswer(host=self._host, reason="pages without end")


class DataCenterPeople(Driver):
    def accounts(self) -> Iterator[list[Account]]:
        """As far as the server has such a list: the older ones have none."""
        asked: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            body = self._get("/user/list", "users", **asked)
            page, following = self._read(_named_accounts, body)
            yield page
            if not following or following == asked.get("cursor"):
                return
            asked = {"cursor": following}
        raise BrokenAnswer(host=self._host, reason="pages without end")


def _accounts(body: Any) -> tuple[int, list[Account]]:
    """How many rows there are, and the people among them who may sign in."""
    if not isinstance(body, list):
        raise ShapeError("the whole")
    people = [each for each in _active(body) if each.get("accountType", PERSON) == PERSON]
    return len(body), readable(people, account)


def _named_accounts(body: Any) -> tuple[list[Account], str]:
    """A page, and where the next one begins; empty at the end."""
    people = list(_active(rows(body, "values")))
    following = "" if body.get("isLast") is True else text(body, "nextCursor")
    return readable(people, named_account), following


def _active(found: list[Any]) -> Iterator[dict[str, Any]]:
    return (each for each in found if isinstance(each, dict) and each.get("active") is not False)
