"""The sandbox's own pages and switches: which address shows or does what."""

from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from jira_sandbox.board.board_page import board_page
from jira_sandbox.board.faults_page import faults_page
from jira_sandbox.board.issue_page import issue_page, missing_page
from jira_sandbox.board.layout import HEADERS, page
from jira_sandbox.board.markup import element
from jira_sandbox.board.origin import is_own
from jira_sandbox.board.search_page import search_page
from jira_sandbox.faults import Fault, FaultBoard
from jira_sandbox.ledger import Ledger
from jira_sandbox.messages import (
    RefusedError,
    Request,
    Response,
    json_response,
    redirect,
    refused_response,
)
from jira_sandbox.model.catalogue import RESOLUTION_BY_NAME
from jira_sandbox.model.site import Site
from jira_sandbox.model.sizes import sizes_of
from jira_sandbox.model.week import let_a_week_pass

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PREFIXES = ("/browse/", "/board/", "/static/", "/sandbox/")
PAGES = ("/", "/faults", "/issues/")
Action = Callable[["Board", Request], Response]
LARGEST_SIZE = 1e9
NUMBERS = {"times": int, "after": int, "seconds": float, "size": int}


class Board:
    def __init__(self, site: Site, faults: FaultBoard, ledger: Ledger) -> None:
        self.site = site
        self.faults = faults
        self.ledger = ledger

    def owns(self, request: Request) -> bool:
        return request.path in PAGES or request.path.startswith(PREFIXES)

    def answer(self, request: Request) -> Response:
        action = ACTIONS.get((request.method, request.path)) or _by_prefix(request)
        if request.method not in ("GET", "HEAD") and not is_own(request):
            return refused_response(RefusedError(403, "This came from another page."))
        try:
            with self.site.lock:
                return action(self, request)
        except RefusedError as error:
            return refused_response(error)
        except (LookupError, ValueError) as error:
            return _sorry(str(error.args[0]) if error.args else "That is not possible.")

    def show(self, request: Request) -> Response:
        key = request.argument("project", next(iter(self.site.projects)))
        if key not in self.site.projects:
            raise LookupError(f"There is no project {key}.")
        moved = request.argument("moved")
        said = f"A week has passed. {moved} issues moved." if moved.isdecimal() else ""
        return board_page(self.site, self.site.projects[key], f"http://{request.host}", said)

    def browse(self, request: Request) -> Response:
        key = request.path.removeprefix("/browse/")
        try:
            issue = self.site.issue(key)
        except LookupError:
            return missing_page(key)
        if key.upper() != issue.key:
            return redirect(f"/browse/{issue.key}", 302)
        return issue_page(self.site, issue)

    def find(self, request: Request) -> Response:
        return search_page(self.site, request)

    def move(self, request: Request) -> Response:
        form = _form(request)
        issue = self.site.issue(form["key"])
        self.site.move(issue, issue.project.status(form["status"]))
        if form.get("from") == "issue":
            return redirect(f"/browse/{issue.key}")
        return redirect(f"/?project={issue.project.key}#{issue.key}")

    def edit(self, request: Request) -> Response:
        form = _form(request)
        issue = self.site.issue(form["key"])
        sizes = {size.place: _size(form.get(size.place, ""), size.unit) for size in sizes_of(issue)}
        named = form.get("resolution", "")
        if named and named not in RESOLUTION_BY_NAME:
            raise LookupError(f"There is no resolution {named!r}.")
        self.site.resize(issue, **sizes)
        self.site.resolve(issue, RESOLUTION_BY_NAME.get(named))
        return redirect(f"/browse/{issue.key}")

    def adopt(self, request: Request) -> Response:
        form = _form(request)
        issue, parent = self.site.issue(form["key"]), form.get("parent", "").strip()
        self.site.adopt(issue, self.site.issue(parent) if parent else None)
        return redirect(f"/browse/{issue.key}")

    def plan(self, request: Request) -> Response:
        form = _form(request)
        issue = self.site.issue(form["key"])
        names = {name: form.get(name, "").strip()[:100] for name in ("sprint", "release")}
        self.site.plan(issue, **names)
        return redirect(f"/browse/{issue.key}")

    def create(self, request: Request) -> Response:
        form = _form(request)
        summary = form.get("summary", "").strip()[:250]
        if not summary or form["project"] not in self.site.projects:
            raise ValueError("An issue needs a project and a summary.")
        issue = self.site.create(
            form["project"],
            summary,
            status=form.get("status", ""),
            kind=form.get("kind", "Task"),
            parent=form.get("parent", ""),
        )
        return redirect(f"/?project={issue.project.key}#{issue.key}")

    def pass_week(self, request: Request) -> Response:
        moved = len(let_a_week_pass(self.site))
        return redirect("/?" + urlencode({"project": _form(request)["project"], "moved": moved}))

    def show_faults(self, _request: Request) -> Response:
        return faults_page(self.faults.active)

    def switch_on(self, request: Request) -> Response:
        self._add_fault(_form(request))
        return redirect("/faults")

    def switch_off(self, _request: Request) -> Response:
        self.faults.clear()
        return redirect("/faults")

    def list_faults(self, _request: Request) -> Response:
        return json_response([asdict(fault) for fault in self.faults.active])

    def add_fault(self, request: Request) -> Response:
        try:
            return json_response(asdict(self._add_fault(request.json())), 201)
        except (LookupError, TypeError, ValueError) as error:
            raise RefusedError(400, str(error)) from error

    def clear_faults(self, _request: Request) -> Response:
        self.faults.clear()
        return Response(204)

    def list_calls(self, _request: Request) -> Response:
        names = ("method", "path", "authorised_as", "status")
        calls = self.ledger.calls
        return json_response([{name: getattr(call, name) for name in names} for call in calls])

    def serve_file(self, request: Request) -> Response:
        file = STATIC / Path(request.path).name
        if file.suffix not in TYPES or not file.is_file():
            return _sorry("There is no such file.")
        headers = {**HEADERS, "Content-Type": f"{TYPES[file.suffix]};charset=UTF-8"}
        return Response(200, file.read_bytes(), headers)

    def _add_fault(self, form: dict[str, Any]) -> Fault:
        known = {field.name for field in fields(Fault)} - {"used"}
        if unknown := form.keys() - known:
            raise ValueError(f"A fault has no option {min(unknown)!r}.")
        given = {name: value for name, value in form.items() if value not in ("", None)}
        options = {name: NUMBERS.get(name, str)(value) for name, value in given.items()}
        return self.faults.add(str(options.pop("kind", "")), **options)


ACTIONS: dict[tuple[str, str], Action] = {
    ("GET", "/"): Board.show,
    ("GET", "/faults"): Board.show_faults,
    ("GET", "/issues/"): Board.find,
    ("POST", "/board/move"): Board.move,
    ("POST", "/board/create"): Board.create,
    ("POST", "/board/parent"): Board.adopt,
    ("POST", "/board/plan"): Board.plan,
    ("POST", "/board/edit"): Board.edit,
    ("POST", "/board/week"): Board.pass_week,
    ("POST", "/board/faults"): Board.switch_on,
    ("POST", "/board/faults/clear"): Board.switch_off,
    ("GET", "/sandbox/faults"): Board.list_faults,
    ("POST", "/sandbox/faults"): Board.add_fault,
    ("DELETE", "/sandbox/faults"): Board.clear_faults,
    ("GET", "/sandbox/calls"): Board.list_calls,
}


def _by_prefix(request: Request) -> Action:
    if request.method == "GET" and request.path.startswith("/browse/"):
        return Board.browse
    if request.method == "GET" and request.path.startswith("/static/"):
        return Board.serve_file
    return lambda _board, _request: _sorry("There is nothing at this address.")


def _size(text: str, unit: int) -> float | None:
    if not text.strip():
        return None
    size = float(text)
    if not 0 <= size < LARGEST_SIZE:
        raise ValueError("A size is a number from 0.")
    return round(size * unit) if unit > 1 else size


def _form(request: Request) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}


def _sorry(sentence: str) -> Response:
    return page(
        "Not possible",
        element("h1", "That did not work"),
        element("p", sentence),
        element("p", element("a", "Back to the board", href="/")),
        status=404 if sentence.startswith("There is no") else 400,
    )
