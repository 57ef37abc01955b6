"""The board of one project: a column for each status, a card for each issue."""

from jira_sandbox.board.layout import (
    GLYPHS,
    button,
    field,
    hidden,
    move_form,
    page,
    select,
    text_box,
)
from jira_sandbox.board.markup import Markup, element, join
from jira_sandbox.messages import Response
from jira_sandbox.model.catalogue import KINDS
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Project, Status
from jira_sandbox.model.site import Site

MOST_CARDS = 60
EPIC_LEVEL = 1


def board_page(site: Site, project: Project, address: str, said: str = "") -> Response:
    issues = [issue for issue in site.issues.values() if issue.project == project]
    issues.sort(key=lambda issue: issue.updated, reverse=True)
    columns = (
        _column(site, status, [issue for issue in issues if issue.status == status])
        for status in project.statuses
    )
    return page(
        f"{project.name} board",
        element("p", said, class_="said", role="status") if said else None,
        _projects(site, project),
        element("div", element("h1", project.name), _week(project), class_="title"),
        element("section", join(*columns), class_="board", aria_label="Issues by status"),
        element("div", _connect(site, address), _create(site, project), class_="aside"),
        current="board",
    )


def _projects(site: Site, current: Project) -> Markup:
    links = (
        element(
            "a",
            element("strong", project.key),
            f" {project.name}",
            href=f"/?project={project.key}",
            aria_current="page" if project == current else None,
        )
        for project in site.projects.values()
    )
    return element("nav", join(*links), class_="projects", aria_label="Projects")


def _week(project: Project) -> Markup:
    return element(
        "form",
        hidden("project", project.key),
        button("Let a week pass"),
        method="post",
        action="/board/week",
    )


def _column(site: Site, status: Status, issues: list[Issue]) -> Markup:
    cards = (_card(site, issue) for issue in issues[:MOST_CARDS])
    rest = len(issues) - MOST_CARDS
    return element(
        "section",
        element(
            "h2",
            element("span", GLYPHS[status.category.key], aria_hidden="true", class_="glyph"),
            f" {status.name} ",
            element("span", str(len(issues)), class_="count"),
            element("span", " issues", class_="unseen"),
        ),
        element("ul", join(*cards)),
        element("p", f"and {rest} more", class_="rest") if rest > 0 else None,
        class_=f"column {status.category.key}",
        data_status=status.name,
    )


def _card(site: Site, issue: Issue) -> Markup:
    parent = site.issues.get(issue.parent or 0)
    points = f"{issue.points:g} pts" if issue.points is not None else None
    who = issue.assignee.display if issue.assignee else "Nobody yet"
    notes = [issue.kind.name, points, who, "Only admins see it" if issue.locked else None]
    return element(
        "li",
        element("a", issue.key, href=f"/browse/{issue.key}", class_="key"),
        element("p", issue.summary),
        element("p", f"{parent.key} {parent.summary}", class_="parent") if parent else None,
        element("p", " · ".join(filter(None, notes)), class_="notes"),
        move_form(issue, "board"),
        id=issue.key,
        class_="card epic" if issue.kind.level == EPIC_LEVEL else "card",
    )


def _connect(site: Site, address: str) -> Markup:
    token = next(iter(site.tokens.values()))
    rows = (
        ("Server", address),
        ("Email Address (In Jira)", token.account.email),
        ("API Token", token.secret),
    )
    return element(
        "section",
        element("h2", "Connect your OKRs to this Jira"),
        element("p", "Type these into the pop-up Integrate with Jira."),
        element("dl", *((element("dt", name), element("dd", value)) for name, value in rows)),
        class_="box",
    )


def _create(site: Site, project: Project) -> Markup:
    epics = [
        (issue.key, f"{issue.key} {issue.summary}")
        for issue in site.issues.values()
        if issue.project == project and issue.kind.level == EPIC_LEVEL
    ]
    kinds = [(kind.name, kind.name) for kind in KINDS if kind.level >= 0]
    statuses = [(status.name, status.name) for status in project.statuses]
    return element(
        "form",
        element("h2", "Create an issue"),
        hidden("project", project.key),
        field("Summary", "summary", text_box("summary", required=True)),
        field("Type", "kind", select("kind", kinds, "Task")),
        field("Parent", "parent", select("parent", [("", "None"), *epics])),
        field("Status", "status", select("status", statuses, project.initial.name)),
        button("Create"),
        method="post",
        action="/board/create",
        class_="box",
    )
