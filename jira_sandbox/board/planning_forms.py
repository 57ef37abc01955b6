"""Where an issue belongs: below which other one, in which sprint, in which fix version."""

from jira_sandbox.board.layout import button, field, hidden, text_box
from jira_sandbox.board.markup import Markup, element
from jira_sandbox.model.issue import Issue
from jira_sandbox.model.site import Site


def adopt_form(site: Site, issue: Issue) -> Markup:
    parent = site.issues.get(issue.parent or 0)
    return element(
        "form",
        hidden("key", issue.key),
        field("Parent", "parent", text_box("parent", parent.key if parent else "")),
        button("Set parent", quiet=True),
        method="post",
        action="/board/parent",
        class_="box",
    )


def plan_form(issue: Issue) -> Markup:
    return element(
        "form",
        hidden("key", issue.key),
        field("Sprint", "sprint", text_box("sprint", issue.sprint)),
        field("Fix version", "release", text_box("release", issue.release)),
        button("Set sprint and version", quiet=True),
        method="post",
        action="/board/plan",
        class_="box",
    )
