"""The switches that make the sandbox misbehave, for a person to press."""

from jira_sandbox.board.layout import button, field, page, select, text_box
from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.faults import Fault
from jira_sandbox.messages import Response

KINDS = (
    ("401", "401: wrong or expired credentials"),
    ("anonymous", "Expired token: answers 200 as if nobody had signed in"),
    ("403", "403: no access"),
    ("captcha", "403: a CAPTCHA is wanted"),
    ("429", "429: too many requests"),
    ("500", "500: server error"),
    ("502", "502: bad gateway"),
    ("503", "503: out of order"),
    ("html", "Answers a web page: not a Jira"),
    ("redirect", "Redirects to another host"),
    ("timeout", "Does not answer"),
    ("slow", "Answers late"),
    ("drip", "Sends byte by byte"),
    ("reset", "Hangs up"),
    ("truncated", "Stops in the middle of an answer"),
    ("invalid-json", "Sends broken JSON"),
    ("wrong-schema", "Sends JSON of the wrong shape"),
    ("huge", "Sends far too much"),
    ("deep", "Sends JSON nested far too deep"),
    ("gzip-bomb", "Sends little that unpacks to far too much"),
    ("repeated-token", "Gives the same page token again"),
    ("endless-pages", "Always has one more page"),
    ("vanished", "An issue or a wiki page has vanished"),
    ("moved", "An issue moves to another project"),
    ("lagging", "Accounts are told as they were before"),
    ("overtaken", "Somebody else saves a wiki page first"),
    ("discarded", "Somebody moves a wiki page to the trash first"),
    ("webhook-duplicate", "Events: sent twice"),
    ("webhook-disorder", "Events: overtake one another"),
    ("webhook-delayed", "Events: sent late"),
    ("webhook-forged", "Events: wrongly signed"),
    ("webhook-dropped", "Events: lost"),
)
PATHS = (
    ("*", "Every call"),
    ("*/myself", "Who am I"),
    ("*/search/jql", "Search"),
    ("*/issue/bulkfetch", "Reading issues by id"),
    ("*/jql/parse", "Checking a query"),
    ("*/issue/picker", "Suggestions"),
    ("/admin/*", "Organizations"),
    ("*/users/search", "Searching accounts"),
    ("*/lifecycle/*", "Deactivating and deleting accounts"),
    ("*/user/current", "Who am I in the wiki"),
    ("*/rest/api/search", "Searching the wiki"),
    ("*/pages/*", "One wiki page"),
)


def faults_page(active: tuple[Fault, ...], said: str = "") -> Response:
    return page(
        "Faults",
        element("p", said, class_="said", role="status") if said else None,
        element("h1", "Faults"),
        element("p", "What is switched on here spoils the answers of the API until it is cleared."),
        _active(active) if active else element("p", "No fault is on.", class_="box"),
        _form(),
        current="faults",
    )


def _active(active: tuple[Fault, ...]) -> Markup:
    rows = (
        element(
            "li",
            element("strong", dict(KINDS).get(fault.kind, fault.kind)),
            f" · {dict(PATHS).get(fault.path, fault.path)} · {_left(fault)}",
            f" · {fault.key}" if fault.key else None,
        )
        for fault in active
    )
    return element(
        "form",
        element("h2", "On now"),
        element("ul", join(*rows)),
        button("Clear all"),
        method="post",
        action="/board/faults/clear",
        class_="box",
    )


def _left(fault: Fault) -> str:
    if fault.times is None:
        return "until cleared"
    left = fault.after + fault.times - fault.used
    return f"{left} more call{'s' if left > 1 else ''}"


def _form() -> Markup:
    return element(
        "form",
        element("h2", "Switch a fault on"),
        field("What happens", "kind", select("kind", list(KINDS))),
        field("Where", "path", select("path", list(PATHS))),
        field("How many times", "times", text_box("times", kind="number"), "Empty: until cleared."),
        field("After how many good calls", "after", text_box("after", "0", kind="number")),
        field("Seconds", "seconds", text_box("seconds", "15", kind="number"), "For late answers."),
        field(
            "Issue key",
            "key",
            text_box("key"),
            "For what vanishes or moves; a wiki page by its number.",
        ),
        field("To project", "project", text_box("project"), "For an issue that moves."),
        button("Switch on"),
        method="post",
        action="/board/faults",
        class_="box",
    )
