"""What counted in the last measurement: each issue by its link, and what a removed link left."""

from fractions import Fraction

from django.db import models

from jira_integration.calculation import Category, IssueId, Work
from jira_integration.models.issue import JiraIssue
from okr.models import KeyResult

AS_COUNTED = ("category", "size", "weight", "left_out")
"""The columns that tell as what an issue counted."""


class Counted(models.Model):
    category = models.CharField(
        max_length=16, choices=[(category.value, category.name) for category in Category]
    )
    size = models.CharField(
        max_length=80, blank=True, default="", db_default="", help_text="Empty where unknown."
    )
    weight = models.PositiveSmallIntegerField(default=1, db_default=1)
    left_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True


class LinkedIssue(Counted):
    """That a link found an issue, and as what it counted in the last measurement."""

    link = models.ForeignKey(
        "jira_integration.JiraLink", on_delete=models.CASCADE, related_name="linked"
    )
    issue = models.ForeignKey(JiraIssue, on_delete=models.PROTECT, related_name="linked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "issue"], name="an_issue_once_a_link")
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} by {self.link_id}"


class UnlinkedQuerySet(models.QuerySet["Unlinked"]):
    def keep(self, link: models.Model) -> None:
        """Remembers what a link counted, until the next measurement has told that it is gone."""
        rows = LinkedIssue.objects.filter(link=link.pk)
        self.bulk_create(
            [
                Unlinked(
                    key_result_id=getattr(link, "key_result_id"),  # noqa: B009
                    issue_id=row.issue_id,
                    **{name: getattr(row, name) for name in AS_COUNTED},
                )
                for row in rows
            ],
            ignore_conflicts=True,
            batch_size=500,
        )


class Unlinked(Counted):
    """An issue that counted in the last measurement by a link that was removed since."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="+")
    issue = models.ForeignKey(JiraIssue, on_delete=models.CASCADE, related_name="+")

    objects = UnlinkedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_result", "issue"], name="unlinked_once")
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} of {self.key_result_id}"


def work(name: IssueId, category: str, size: str, weight: int, left_out: bool) -> Work:
    """What the columns of AS_COUNTED tell."""
    known = Fraction(size) if size else None
    return Work(name, Category(category), known, weight, left_out)


def columns(counted: Work) -> dict[str, object]:
    """The columns of AS_COUNTED."""
    return {
        "category": counted.category,
        "size": "" if counted.size is None else str(counted.size),
        "weight": counted.weight,
        "left_out": counted.left_out,
    }
