"""One reading of the attached pages: when, by whom asked for, and what came of it."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from atlassian.client import AtlassianError
from atlassian.explain import Explanation, facts_of
from confluence.explain import WORDS
from confluence.models.connection import ConfluenceConnection
from okr.models import Person

OVERTAKEN = "overtaken"


class PagesReadQuerySet(models.QuerySet["PagesRead"]):
    def newest_first(self) -> Self:
        return self.select_related("by").order_by("-began_at", "-pk")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(began_at__lt=moment)


class PagesRead(models.Model):
    connection = models.ForeignKey(
        ConfluenceConnection, on_delete=models.CASCADE, related_name="readings"
    )
    by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Empty: the clock.",
    )
    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = PagesReadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.connection}, {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def failure(self) -> Explanation | None:
        code, facts = self.failure_code, self.failure_facts
        return WORDS.explain(code, facts) if code else None

    def count(self, *, pages: int = 0, changed: int = 0, lost: int = 0) -> None:
        self.pages += pages
        self.changed += changed
        self.lost += lost
        self.save(update_fields=["pages", "changed", "lost"])

    def overtake(self, at: datetime) -> None:
        """Somebody connected anew meanwhile, or another worker took over."""
        self.ended_at, self.failure_code = at, OVERTAKEN
        self.save(update_fields=["ended_at", "failure_code"])

    def end(self, at: datetime, error: AtlassianError | None = None) -> None:
        told: dict[str, Any] = facts_of(error) if error else {}
        self.ended_at, self.failure_code = at, error.code if error else ""
        self.failure_facts = told
        self.save(update_fields=["ended_at", "failure_code", "failure_facts"])
