"""One issue, many issues by id, and the transitions between statuses."""

from jira_sandbox.cloud import bodies
from jira_sandbox.cloud.changelogs import inside
from jira_sandbox.cloud.exchange import Exchange
from jira_sandbox.cloud.fields import ALL, HEAVY, NAVIGABLE, chosen, issue_body
from jira_sandbox.cloud.searches import refuse_unknown, texts
from jira_sandbox.messages import RefusedError, Response, json_response
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Status

MOST_AT_ONCE = 100
MOST_WITH_FEW_FIELDS = 1000
FEW_FIELDS = 100
WILDCARDS = frozenset({ALL, NAVIGABLE})
BULK_NAMES = frozenset(["issueIdsOrKeys", "fields", "expand", "properties", "fieldsByKeys"])
FIRST_TRANSITION, TRANSITION_STEP = 11, 10


def one(exchange: Exchange) -> Response:
    issue = exchange.issue()
    asked = [name for part in exchange.request.query.get("fields", []) for name in part.split(",")]
    body = issue_body(issue, exchange.viewer, exchange.api, chosen(asked or [ALL]))
    if "changelog" in exchange.request.argument("expand").split(","):
        newest_first = not exchange.viewer.on_premise
        body["changelog"] = inside(exchange.api, issue, newest_first=newest_first)
    return json_response(body)


def many(exchange: Exchange) -> Response:
    """Sorted by id. What is missing or invisible is left out without a word."""
    body = exchange.request.json()
    refuse_unknown(body, BULK_NAMES)
    wanted, fields = texts(body, "issueIdsOrKeys"), texts(body, "fields")
    most = MOST_WITH_FEW_FIELDS if _few(fields) and not texts(body, "expand") else MOST_AT_ONCE
    if not 1 <= len(wanted) <= most:
        raise RefusedError(
            400, f"Ask for at least one and at most {most} issues with these fields."
        )
    found = {issue.id: issue for each in wanted if (issue := exchange.viewer.issue(each))}
    names = chosen(fields or [NAVIGABLE])
    rows = [issue_body(found[n], exchange.viewer, exchange.api, names) for n in sorted(found)]
    return json_response({"issues": rows, "issueErrors": []})


def transitions(exchange: Exchange) -> Response:
    issue = exchange.issue()
    rows = [
        {
            "id": str(number),
            "name": status.name,
            "to": bodies.status(exchange.api, status),
            "hasScreen": False,
            "isGlobal": True,
            "isInitial": False,
            "isAvailable": True,
            "isConditional": False,
            "isLooped": False,
        }
        for number, status in _transitions(issue).items()
    ]
    return json_response({"expand": "transitions", "transitions": rows})


def perform_transition(exchange: Exchange) -> Response:
    issue = exchange.issue()
    asked = exchange.request.json().get("transition")
    number = str(asked.get("id", "")) if isinstance(asked, dict) else ""
    status = _transitions(issue).get(int(number) if number.isdecimal() else 0)
    if status is None:
        raise RefusedError(400, f"'{number}' is no transition of {issue.key} as it stands.")
    exchange.site.move(issue, status, exchange.viewer.account)
    return Response(204)


def _few(fields: list[str]) -> bool:
    """Whether the larger limit of August 2026 applies."""
    return 1 <= len(fields) <= FEW_FIELDS and not set(fields) & (WILDCARDS | HEAVY)


def _transitions(issue: Issue) -> dict[int, Status]:
    """From every status to every other, as in a workflow where each allows all."""
    numbers = range(FIRST_TRANSITION, 1_000_000, TRANSITION_STEP)
    return dict(zip(numbers, issue.project.statuses, strict=False))
