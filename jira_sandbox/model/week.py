"""Letting a week pass: a believable share of the issues moves on, the same on every machine."""

from random import Random

from jira_sandbox.model.issue import Issue
from jira_sandbox.model.nouns import Status
from jira_sandbox.model.site import Site

EPIC_LEVEL = 1
CHANCE = {"undefined": 0.05, "new": 0.2, "indeterminate": 0.5, "done": 0.01}


def let_a_week_pass(site: Site) -> list[Issue]:
    """The issues that moved. Chance comes from the week and the issue alone."""
    with site.together():
        site.weeks += 1
        work = [issue for issue in site.issues.values() if issue.kind.level < EPIC_LEVEL]
        moved = [issue for issue in work if _moves(issue, site.weeks)]
        for issue in moved:
            site.move(issue, _next(issue), issue.assignee)
        epics = [issue for issue in site.issues.values() if issue.kind.level == EPIC_LEVEL]
        return moved + [epic for epic in epics if _follow_children(site, epic)]


def _moves(issue: Issue, week: int) -> bool:
    return Random(f"{week}/{issue.id}").random() < CHANCE[issue.category]  # noqa: S311 - no secret


def _next(issue: Issue) -> Status:
    """One column to the right, and never into the column of what is given up."""
    statuses = issue.project.statuses
    if issue.category == "done":
        return issue.project.first("indeterminate")
    return next(
        status
        for status in statuses[statuses.index(issue.status) + 1 :]
        if status.category.key != "done" or status.resolution != "Won't Do"
    )


def _follow_children(site: Site, epic: Issue) -> bool:
    """An epic starts with its first child and ends with its last."""
    categories = {child.category for child in site.children(epic)}
    if not categories or epic.category == "done":
        return False
    if categories == {"done"}:
        site.move(epic, _finish(epic))
        return True
    if epic.category != "indeterminate" and categories != {"new"}:
        site.move(epic, epic.project.first("indeterminate"))
        return True
    return False


def _finish(epic: Issue) -> Status:
    done = [status for status in epic.project.statuses if status.category.key == "done"]
    return next(status for status in done if status.resolution != "Won't Do")
