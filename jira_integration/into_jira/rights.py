"""Whether the connected account may write into Jira, found out without leaving a trace there."""

from contextlib import suppress
from itertools import chain, islice

from jira_integration.client import (
    AnonymousAnswer,
    Forbidden,
    JiraClient,
    JiraError,
    MissingScope,
    QueryRefused,
)
from jira_integration.connecting import ANY_ISSUE
from jira_integration.explain import Explanation, explain, explain_to_asker
from jira_integration.models import JiraConnection

PERSON_WAITS = 10.0
SHOWS, CREATES = "shows_key_results", "creates_issues"
NEEDED = {
    SHOWS: ("LINK_ISSUES", "Link issues", "link issues"),
    CREATES: ("CREATE_ISSUES", "Create issues", "create issues"),
}
NOWHERE = "plumbline: a link that nobody ever made"


def what_is_missing(connection: JiraConnection, switch: str) -> Explanation | None:
    """For `SHOWS` or `CREATES`; None where nothing is missing, as far as Jira tells."""
    key, permission, what = NEEDED[switch]
    try:
        with connection.client(PERSON_WAITS) as client:
            if client.myself().id != connection.account_id:
                raise AnonymousAnswer(host=connection.host, email=connection.email)
            if key not in client.permissions([key]):
                return explain("right_missing", {"what": what, "permission": permission})
            if connection.is_scoped:
                _test_scope(client, connection, switch)
    except MissingScope as error:
        return explain("write_refused", {"detail": error.detail})
    except JiraError as error:
        return explain_to_asker(error)
    return None


def _test_scope(client: JiraClient, connection: JiraConnection, switch: str) -> None:
    """Jira does not tell what a token is for. What it is asked here changes nothing, and is
    refused as lacking a scope only where it lacks one."""
    with suppress(QueryRefused, Forbidden):
        if switch == CREATES:
            client.may_create()
        elif issue := _any_issue(client, connection):
            client.remove_remote_link(issue, NOWHERE)


def _any_issue(client: JiraClient, connection: JiraConnection) -> int | None:
    known = connection.issues.filter(unreadable_since=None).values_list("jira_id", flat=True)
    if number := known.first():
        return number
    found = chain.from_iterable(client.search(ANY_ISSUE, limit=1))
    return next((issue.id for issue in islice(found, 1)), None)
