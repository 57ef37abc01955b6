"""Creates an issue for a key result and links it: once, however often it is asked for."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from uuid import UUID

from jira_integration.client import (
    AnonymousAnswer,
    Forbidden,
    Issue,
    JiraClient,
    JiraError,
    NewIssue,
    NotFound,
    QueryRefused,
    RateLimited,
    WrongCredentials,
)
from jira_integration.explain import Explanation, explain, explain_to_asker, facts_of
from jira_integration.into_jira.offering import (
    DESCRIPTION,
    PERSON_WAITS,
    besides_description,
    projects_of,
    told,
)
from jira_integration.models import IssueRequest, JiraConnection, JiraLink, Wanted
from jira_integration.models.issue_request import Outcome
from okr.models import KeyResult, Person

LOOKED_AT = 50
MADE_LATELY = (
    'project = "{project}" AND reporter = currentUser() AND created >= "-{minutes}m"'
    " ORDER BY created DESC"
)
LATELY = timedelta(hours=2)
REFUSED_OUTRIGHT = (QueryRefused, Forbidden, NotFound, WrongCredentials, RateLimited)
"""Answers after which there is no issue for certain."""
OTHER_PROJECT = "Choose one of the projects in the list."
NEEDS_WORDS = "This type of issue needs a description."


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for."""

    project: str
    type_id: str
    summary: str
    description: str


class NotCreatedError(Exception):
    """There is no issue, or none that we know of. `field` is what has to be changed, if one is."""

    def __init__(self, explanation: Explanation | str, field: str | None = None) -> None:
        super().__init__(str(explanation))
        self.field = field


class NotToldError(NotCreatedError):
    """Jira did not say what became of it: asked again by the same token, it is looked for first."""


def carry_out(
    token: UUID, key_result: KeyResult, connection: JiraConnection, wish: Wish, by: Person
) -> IssueRequest:
    """Without a key while the same is being done already. Raises NotCreatedError."""
    request, ours = IssueRequest.objects.claim(token, key_result, connection, by)
    if ours:
        create(request, wish)
    elif request.outcome == Outcome.UNKNOWN:
        raise NotToldError(explain("create_unknown", {}))
    elif request.outcome == Outcome.CREATED and link_of(request) is None:
        link_again(request)
    return request


def create(request: IssueRequest, wish: Wish) -> None:
    """Carries out a request that was claimed. Raises NotCreatedError.

    Where Jira did not say what became of it, the next try looks for the issue first.
    """
    try:
        with request.connection.client(PERSON_WAITS) as client:
            _prove_identity(client, request.connection)
            issue = _found(client, request) or _made(client, request, wish)
            request.finish(Outcome.CREATED, issue.id, issue.key)
            link(request, client)
    except NotCreatedError:
        _let_go(request)
        raise
    except JiraError as error:
        _let_go(request)
        raise NotCreatedError(explain_to_asker(error)) from None


def link(request: IssueRequest, client: JiraClient) -> None:
    """Links the issue that was created; linked before, it stays one link."""
    issues = [each for batch in client.read_issues([request.jira_id or 0]) for each in batch]
    JiraLink.objects.add(request.key_result, Wanted(issues), request.connection, request.by)


def link_again(request: IssueRequest) -> None:
    """Where the link of a created issue was lost with its worker. Raises NotCreatedError."""
    try:
        with request.connection.client(PERSON_WAITS) as client:
            _prove_identity(client, request.connection)
            link(request, client)
    except JiraError as error:
        raise NotCreatedError(explain_to_asker(error)) from None


def link_of(request: IssueRequest) -> JiraLink | None:
    issue = {"issue__jira_id": request.jira_id, "connection": request.connection_id}
    return JiraLink.objects.filter(key_result=request.key_result_id, **issue).first()


def _prove_identity(client: JiraClient, connection: JiraConnection) -> None:
    if client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.email)


def _found(client: JiraClient, request: IssueRequest) -> Issue | None:
    """What an earlier try left behind in Jira, if its answer was lost."""
    if not request.is_doubtful:
        return None
    minutes = round(LATELY.total_seconds() / 60)
    jql = MADE_LATELY.format(project=request.project, minutes=minutes)
    known = IssueRequest.objects.filter(connection=request.connection).known()
    lately = chain.from_iterable(client.search(jql, limit=LOOKED_AT))
    same = (issue for issue in lately if issue.summary == request.summary)
    return next((issue for issue in same if issue.id not in known), None)


def _made(client: JiraClient, request: IssueRequest, wish: Wish) -> Issue | NewIssue:
    if wish.project not in {
        each.key for each in projects_of(client, request.connection, request.by)
    }:
        raise NotCreatedError(OTHER_PROJECT, "project")
    needed = client.needed_fields(wish.project, wish.type_id)
    if others := besides_description(needed):
        raise NotCreatedError(told(others), "project")
    if not wish.description and any(each.id == DESCRIPTION for each in needed):
        raise NotCreatedError(NEEDS_WORDS, "description")
    request.sending(wish.project, wish.summary)
    try:
        return client.create_issue(wish.project, wish.type_id, wish.summary, wish.description)
    except REFUSED_OUTRIGHT as error:
        request.finish(Outcome.REFUSED)
        raise NotCreatedError(_in_words(error)) from None
    except JiraError as error:
        request.finish(Outcome.UNKNOWN)
        raise NotToldError(explain("create_unknown", facts_of(error))) from None


def _in_words(error: JiraError) -> Explanation:
    match error:
        case QueryRefused(messages=messages):
            return explain("create_refused", {"messages": messages or ["it did not say why."]})
        case Forbidden():
            return explain("create_forbidden", facts_of(error))
        case WrongCredentials():
            return explain("write_refused", facts_of(error))
    return explain_to_asker(error)


def _let_go(request: IssueRequest) -> None:
    """Nothing was sent: it may be asked for again at once."""
    if request.outcome == Outcome.ASKED:
        request.finish(Outcome.UNKNOWN if request.is_doubtful else Outcome.REFUSED)
