"""Statuses whose name says one thing and whose category another: only the category counts."""

from dataclasses import dataclass

from django.db.models import Count

from jira_integration.calculation import Category, told
from jira_integration.explanation import NAMES, issues_counted
from jira_integration.models import JiraConnection, LinkedIssue

DONE = (
    "closed", "complete", "completed", "delivered", "deployed", "done", "finished", "fixed", "live",
    "released", "resolved", "shipped",
)  # fmt: skip
UNDER_WAY = (
    "blocked", "building", "code review", "doing", "in development", "in progress", "in review",
    "in test", "in testing", "on hold", "review", "testing", "waiting",
)  # fmt: skip
NOT_BEGUN = ("backlog", "new", "open", "reopened", "selected for development", "to do", "todo")
SAID = {
    **dict.fromkeys(DONE, Category.DONE),
    **dict.fromkeys(UNDER_WAY, Category.INDETERMINATE),
    **dict.fromkeys(NOT_BEGUN, Category.NEW),
}
"""What a name says in English; a name that is not here says nothing."""


@dataclass(frozen=True, slots=True)
class Disagreeing:
    status: str
    category: Category
    number: int

    @property
    def sentence(self) -> str:
        """Released is in the category In Progress: 3 linked issues."""
        counted = issues_counted(self.number, "linked ")
        return f"{self.status} is in the category {NAMES[self.category]}: {counted}."


def disagreeing(connection: JiraConnection | None = None) -> list[Disagreeing]:
    """Of the statuses that linked issues have, most issues first; of one site or of all."""
    rows = LinkedIssue.objects.all()
    rows = rows.filter(issue__connection=connection) if connection else rows
    counted = rows.values_list("issue__status", "issue__category").annotate(
        number=Count("issue", distinct=True)
    )
    found = [
        Disagreeing(status, Category(category), number) for status, category, number in counted
    ]
    wrong = [each for each in found if _says(each.status) not in (None, told(each.category))]
    return sorted(wrong, key=lambda each: (-each.number, each.status))


def _says(status: str) -> Category | None:
    return SAID.get(" ".join(status.casefold().split()))
