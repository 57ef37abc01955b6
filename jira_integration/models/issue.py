"""Our mirror of a Jira issue: read once, however many key results it counts for."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Self

from django.db import models

from jira_integration.calculation import Category, IssueId
from jira_integration.client import Issue
from jira_integration.counting import Seen
from jira_integration.models.connection import JiraConnection

NAME = ("connection_id", "jira_id")
MIRROR = ("category", "resolution_id", "numbers")
"""The columns that `IssueId` and `seen` are made of."""


class JiraIssueQuerySet(models.QuerySet["JiraIssue"]):
    def of_key_result(self, key_result_id: int) -> Self:
        """Each linked issue once, whichever links found it."""
        return self.filter(linked__link__key_result=key_result_id).distinct()


class JiraIssue(models.Model):
    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="issues")
    jira_id = models.BigIntegerField(
        help_text="Jira's number: it survives a move, the key does not."
    )
    key = models.CharField(max_length=255)
    summary = models.CharField(max_length=255)
    status = models.CharField(max_length=255)
    category = models.CharField(
        max_length=16, choices=[(category.value, category.name) for category in Category]
    )
    type_name = models.CharField(max_length=255, blank=True)
    resolution_id = models.CharField(max_length=32, blank=True, default="", db_default="")
    resolution = models.CharField(max_length=255, blank=True, default="", db_default="")
    numbers = models.JSONField(
        default=dict, blank=True, help_text="The filled fields that something is measured by."
    )
    project_id = models.BigIntegerField(null=True, help_text="The number of its project in Jira.")
    changed_at = models.DateTimeField(null=True, help_text="When Jira says it last changed.")
    unreadable_since = models.DateTimeField(null=True)
    fingerprint = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        help_text="Of the letters in which Jira told it last; empty where they are not known.",
    )

    objects = JiraIssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "jira_id"], name="one_mirror_an_issue")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def url(self) -> str:
        return self.connection.issue_url(self.key)

    @property
    def name(self) -> IssueId:
        return IssueId(self.connection_id, self.jira_id)

    @property
    def seen(self) -> Seen:
        return seen(self.category, self.resolution_id, self.numbers)


def mirrored(found: Issue) -> dict[str, object]:
    """The columns of the mirror as Jira tells them now."""
    return {
        "key": found.key,
        "summary": found.summary[:255],
        "status": found.status,
        "category": found.category,
        "type_name": found.type_name,
        "resolution_id": found.resolution.id if found.resolution else "",
        "resolution": found.resolution.name if found.resolution else "",
        "numbers": {name: str(number) for name, number in found.numbers.items()},
        "project_id": found.project_id,
        "changed_at": found.updated,
        "unreadable_since": None,
    }


def seen(category: str, resolution: str, numbers: dict[str, str]) -> Seen:
    """What the columns of the mirror tell."""
    if not numbers:
        return _unsized(category, resolution)
    return Seen(Category(category), resolution, filled(numbers))


@lru_cache(maxsize=1_000)
def _unsized(category: str, resolution: str) -> Seen:
    """Most issues stand like many others: these share one value."""
    return Seen(Category(category), resolution)


def filled(numbers: Mapping[str, str]) -> dict[str, Decimal]:
    """The column of that name as it was told."""
    return {name: Decimal(text) for name, text in numbers.items()}
