"""Reads Jira's bodies into records; unknown places are ignored, a wrong type is a ShapeError."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from atlassian.client.shapes import (
    ShapeError,
    moment,
    number,
    readable,
    required,
    rows,
    table,
    text,
)

from .records import (
    TIMES,
    Account,
    Category,
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
from .shapes import names, plain, quantity

T = TypeVar("T")

KEY = re.compile(r"[A-Z][A-Z0-9_]{0,254}-[1-9][0-9]{0,17}")
PROJECT_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,254}")
TOKEN_LENGTH = 10_000
HOUR = 3_600
SMALLEST_PART_OF_AN_HOUR = Decimal("0.000001")
NO_EXTRA = Extra()


def issue(body: Any, extra: Extra = NO_EXTRA) -> Issue:
    fields = table(body, "fields")
    type_body = fields.get("issuetype") or {}
    status_body = table(fields, "status")
    return Issue(
        id=number(body, "id"),
        key=key(body),
        summary=text(fields, "summary"),
        status=text(status_body, "name"),
        category=category(status_body),
        type_name=text(type_body, "name"),
        updated=moment(fields.get("updated")),
        resolution=outcome(fields.get("resolution")),
        numbers=sizes(fields, extra.numbers),
        parents=frozenset(n for place in extra.parents for n in names(fields.get(place))),
        is_subtask=type_body.get("subtask") is True,
        project_id=number(fields["project"], "id") if fields.get("project") else None,
    )


def outcome(body: Any) -> Resolution | None:
    """How a resolved issue ended; one that Jira names without its id is known by its name."""
    return None if body is None else Resolution(text(body, "id"), text(body, "name"))


def sizes(fields: Any, names: Sequence[str]) -> dict[str, Decimal]:
    """Null is not zero: what an issue does not have is left out."""
    read = {name: size(name, fields.get(name)) for name in names}
    return {name: value for name, value in read.items() if value is not None}


def size(name: str, value: Any) -> Decimal | None:
    """Jira's times are in seconds; an hour has six places at most."""
    read = quantity(value)
    if read is None or name not in TIMES:
        return read
    return plain((read / HOUR).quantize(SMALLEST_PART_OF_AN_HOUR))


def poisoned(body: Any, reason: str) -> Poisoned:
    """Whatever can still be told about an issue that cannot be read."""
    return Poisoned(_or(lambda: number(body, "id"), None), _or(lambda: key(body), ""), reason)


def unread(body: Any) -> Poisoned:
    """One of bulkfetch's own `issueErrors`: Jira failed to read it just now."""
    name, reason = required(body, "id"), text(body, "errorMessage")
    if KEY.fullmatch(name):
        return Poisoned(None, name, reason)
    return Poisoned(number(body, "id"), "", reason)


def issues(
    body: Any, extra: Extra = NO_EXTRA, *, alone: bool = True
) -> tuple[list[Issue], list[Poisoned]]:
    """Each issue once, and those that could not be read; where none of several could, the body is
    wrong rather than the issues. Not `alone`: others of it have been passed over."""
    found: dict[int, Issue] = {}
    spoiled = []
    for row in rows(body, "issues"):
        try:
            one = issue(row, extra)
        except ShapeError as problem:
            spoiled.append(poisoned(row, str(problem)))
        else:
            found[one.id] = one
    if len(spoiled) > 1 and alone and not found:
        raise ShapeError(f"issues: {spoiled[0].reason}")
    return list(found.values()), spoiled + readable(body.get("issueErrors") or [], unread)


def slice_of(body: Any) -> tuple[list[str], int, int, int]:
    """The id of every row, where the page begins, how long pages are, and how many there are."""
    start, found = number(body, "startAt"), rows(body, "issues")
    named = [row.get("id") if isinstance(row, dict) else None for row in found]
    names = [str(name) if name else f"row {start + n}" for n, name in enumerate(named)]
    return names, start, number(body, "maxResults"), number(body, "total")


def next_token(body: Any) -> str:
    token = body.get("nextPageToken") or ""
    if not isinstance(token, str) or len(token) >= TOKEN_LENGTH:
        raise ShapeError("nextPageToken")
    return token


def account(body: Any) -> Account:
    return Account(
        id=required(body, "accountId"),
        name=text(body, "displayName"),
        email=text(body, "emailAddress"),
    )


def named_account(body: Any) -> Account:
    """On Data Center, where nobody has an account id; the key outlives a change of the name."""
    login = required(body, "name")
    return Account(
        id=text(body, "key") or login,
        name=text(body, "displayName"),
        email=text(body, "emailAddress"),
        login=login,
    )


def server(body: Any) -> Server:
    return Server(
        title=text(body, "serverTitle"),
        version=required(body, "version"),
        deployment=text(body, "deploymentType"),
        base_url=required(body, "baseUrl"),
        numbers=version_numbers(body),
    )


def version_numbers(body: Any) -> tuple[int, ...]:
    told = body.get("versionNumbers")
    if isinstance(told, list) and told and all(type(number) is int for number in told):
        return tuple(told)
    return tuple(int(part) for part in re.findall(r"[0-9]{1,9}", text(body, "version"))[:3])


def permissions(body: Any) -> set[str]:
    """The keys of those that are held."""
    rights = table(body, "permissions")
    return {
        name
        for name, right in rights.items()
        if isinstance(right, dict) and right.get("havePermission") is True
    }


def total(body: Any) -> int:
    return number(body, "total")


def count(body: Any) -> int:
    return number(body, "count")


def projects(body: Any) -> list[Project]:
    return readable(rows(body, "values"), project)


def project_list(body: Any) -> list[Project]:
    return readable(whole_list(body), project)


def project(body: Any) -> Project:
    return Project(number(body, "id"), _matching(PROJECT_KEY, body, "key"), text(body, "name"))


def suggestions(body: Any) -> list[Suggestion]:
    """Of all sections, each issue once."""
    sections = readable(rows(body, "sections"), lambda section: rows(section, "issues"))
    found = [one for section in sections for one in readable(section, suggestion)]
    return list({one.key: one for one in found}.values())


def suggestion(body: Any) -> Suggestion:
    return Suggestion(key(body), text(body, "summaryText"))


def parse_errors(body: Any) -> list[str]:
    queries = rows(body, "queries")
    errors = queries[0].get("errors") if queries and isinstance(queries[0], dict) else None
    return [error for error in errors or [] if isinstance(error, str)]


def fields(body: Any) -> list[Field]:
    return readable(whole_list(body), field)


def field(body: Any) -> Field:
    name = required(body, "id")
    schema = body.get("schema") or {}
    return Field(
        id=name,
        name=text(body, "name"),
        custom=body.get("custom") is True,
        kind=text(schema, "type"),
        custom_kind=text(schema, "custom"),
    )


def statuses(body: Any) -> list[Status]:
    return readable(whole_list(body), status)


def status(body: Any) -> Status:
    return Status(required(body, "id"), text(body, "name"), category(body))


def resolutions(body: Any) -> list[Resolution]:
    return readable(whole_list(body), resolution)


def resolution_page(body: Any) -> list[Resolution]:
    return readable(rows(body, "values"), resolution)


def resolution(body: Any) -> Resolution:
    return Resolution(required(body, "id"), text(body, "name"))


def category(status_body: Any) -> Category:
    """By key; a status that Jira gives no category is undefined."""
    if status_body.get("statusCategory") is None:
        return Category.UNDEFINED
    return Category(required(table(status_body, "statusCategory"), "key"))


def key(body: Any) -> str:
    return _matching(KEY, body, "key")


def _matching(pattern: re.Pattern[str], body: Any, name: str) -> str:
    found = required(body, name)
    if not pattern.fullmatch(found):
        raise ShapeError(name)
    return found


def whole_list(body: Any) -> list[Any]:
    if not isinstance(body, list):
        raise ShapeError("the whole")
    return body


def _or(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except ShapeError:
        return otherwise


def webhook_number(body: Any) -> str:
    """From 10 on Data Center gives it a number; the others name it by its address alone."""
    if isinstance(body, dict) and "id" in body:
        return str(number(body, "id"))
    last = required(body, "self").rstrip("/").rpartition("/")[2]
    if not last.isdecimal():
        raise ShapeError("self")
    return last
