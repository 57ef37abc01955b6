"""What every page of the sandbox shares: the frame, buttons, fields and small marks."""

from jira_sandbox.board.markup import Child, Markup, element, join
from jira_sandbox.messages import Response, html_response
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Status

GLYPHS = {"undefined": "◌", "new": "○", "indeterminate": "◐", "done": "●"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(title: str, *content: Child, current: str = "", status: int = 200) -> Response:
    response = html_response(f"<!doctype html>{_document(title, current, *content)}", status)
    response.headers |= HEADERS
    return response


def _document(title: str, current: str, *content: Child) -> Markup:
    return element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("title", f"{title} · Sandbox Jira"),
            element("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
            element("link", rel="stylesheet", href="/static/board.css"),
            element("script", src="/static/board.js", type="module"),
        ),
        element(
            "body",
            element("a", "Skip to the content", class_="skip", href="#content"),
            _header(current),
            element("main", *content, id="content", tabindex="-1"),
        ),
        lang="en",
    )


def _header(current: str) -> Markup:
    mark = element("span", "S", aria_hidden="true")
    pages = (
        ("Board", "/", "board"),
        ("Wiki", "/wiki", "wiki"),
        ("Accounts", "/accounts", "accounts"),
        ("Faults", "/faults", "faults"),
    )
    links = (
        element("a", text, href=address, aria_current="page" if name == current else None)
        for text, address, name in pages
    )
    return element(
        "header",
        element("a", mark, "Sandbox Jira", class_="brand", href="/"),
        element("p", "A practice Jira. Nothing here reaches anybody.", class_="tape"),
        element("nav", join(*links), aria_label="Sandbox"),
        class_="top",
    )


def button(text: str, *, quiet: bool = False, label: str | None = None) -> Markup:
    kind = "quiet" if quiet else "primary"
    return element("button", text, type="submit", class_=kind, aria_label=label)


def hidden(name: str, value: str) -> Markup:
    return element("input", type="hidden", name=name, value=value)


def field(label: str, name: str, control: Markup, hint: str = "") -> Markup:
    """A labelled control; `control` has the id `field-<name>`."""
    note = element("small", hint) if hint else None
    return element(
        "div", element("label", label, for_=f"field-{name}"), control, note, class_="field"
    )


def text_box(name: str, value: str = "", *, kind: str = "text", required: bool = False) -> Markup:
    return element(
        "input",
        type=kind,
        name=name,
        id=f"field-{name}",
        value=value,
        required=required,
        autocomplete="off",
        maxlength=None if kind == "number" else 250,
        min="0" if kind == "number" else None,
        step="any" if kind == "number" else None,
    )


def select(name: str, options: list[tuple[str, str]], chosen: str = "", **more: str) -> Markup:
    rows = (
        element("option", text, value=value, selected=value == chosen) for value, text in options
    )
    return element("select", join(*rows), name=name, **{"id": f"field-{name}", **more})


def pill(status: Status) -> Markup:
    return element(
        "span",
        element("span", GLYPHS[status.category.key], aria_hidden="true"),
        f" {status.name}",
        class_=f"pill {status.category.key}",
    )


def move_form(issue: Issue, came_from: str) -> Markup:
    """Works without JavaScript; the script lets a card be dragged and then sends this form."""
    statuses = [(status.name, status.name) for status in issue.project.statuses]
    control = f"move-{issue.key}"
    return element(
        "form",
        hidden("key", issue.key),
        hidden("from", came_from),
        element("label", f"Move {issue.key} to", for_=control, class_="unseen"),
        select("status", statuses, issue.status.name, id=control),
        button("Move", quiet=True, label=f"Move {issue.key}"),
        method="post",
        action="/board/move",
        class_="move",
    )
