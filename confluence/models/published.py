"""A page of Confluence that tells of a unit's cycle, and what we wrote there last."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.utils import timezone

from atlassian.client import AtlassianError
from atlassian.explain import Explanation, facts_of
from confluence.client import Space, Written
from confluence.explain import WORDS
from confluence.models.connection import ConfluenceConnection
from okr.models import Cycle, Person, Unit

AT_MOST = timedelta(minutes=2)
"""How long publishing may take with all that goes before: then whoever began it is gone."""


class Subject(models.TextChoices):
    OKRS = "okrs", "OKRs"
    REVIEW = "review", "Review"


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    def about(self, subject: Subject, unit: Unit, cycle: Cycle) -> "PublishedPage | None":
        """The one page of this; None before anybody published it."""
        rows = self.filter(subject=subject, unit=unit, cycle=cycle)
        return rows.select_related("connection", "unit", "cycle", "by").first()

    def begin(
        self, subject: Subject, unit: Unit, cycle: Cycle, connection: ConfluenceConnection
    ) -> "PublishedPage":
        """The row of this; a page that exists stays in its own Confluence."""
        of = {"subject": subject, "unit": unit, "cycle": cycle}
        row, _ = self.get_or_create(**of, defaults={"connection": connection})
        return row

    def in_confluence(self) -> Self:
        return self.exclude(number=None)


class PublishedPage(models.Model):
    """Without a number as long as there is no page that we know of."""

    connection = models.ForeignKey(
        ConfluenceConnection, on_delete=models.CASCADE, related_name="published"
    )
    subject = models.CharField(max_length=8, choices=Subject)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    with_notes = models.BooleanField(default=True)
    with_reviews = models.BooleanField(default=False)
    space_number = models.BigIntegerField(null=True)
    space_key = models.CharField(max_length=255, blank=True)
    space_name = models.CharField(max_length=255, blank=True)
    number = models.BigIntegerField(null=True)
    title = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="The one that we wrote last.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    busy_since = models.DateTimeField(null=True)
    mark = models.CharField(max_length=64, blank=True, help_text="Of the last attempt.")
    is_doubtful = models.BooleanField(
        default=False, help_text="Confluence may have saved it without our learning of that."
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "unit", "cycle"], name="a_units_cycle_is_published_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.unit}: {self.get_subject_display()} {self.cycle}"

    @property
    def url(self) -> str:
        return self.connection.page_url(self.number or 0, self.path) if self.number else ""

    @property
    def versions_url(self) -> str:
        """What the page was before; both kinds have this address."""
        path = f"/pages/viewpreviousversions.action?pageId={self.number}"
        return self.connection.page_url(self.number or 0, path)

    @property
    def space(self) -> Space:
        return Space(self.space_number or 0, self.space_key, self.space_name)

    @property
    def failure(self) -> Explanation | None:
        return WORDS.explain(self.failure_code, self.failure_facts) if self.failure_code else None

    def claim(self) -> bool:
        """Whether it is ours to write now: not while another press is being answered."""
        now = timezone.now()
        free = models.Q(busy_since=None) | models.Q(busy_since__lt=now - AT_MOST)
        rows = PublishedPage.objects.filter(free, pk=self.pk)
        claimed = rows.update(busy_since=now) == 1
        self.refresh_from_db()
        return claimed

    def release(self) -> None:
        self._set(busy_since=None)

    def choose(self, *, notes: bool, reviews: bool) -> None:
        """What stands in it beside the numbers, from now on."""
        self._set(with_notes=notes, with_reviews=reviews)

    def place(self, connection: ConfluenceConnection, space: Space, title: str) -> None:
        """Where a page of this is about to be made. One that was published before is none of ours
        any more; it stays in Confluence as it is."""
        self._set(
            number=None,
            version=0,
            path="",
            connection=connection,
            space_number=space.id,
            space_key=space.key,
            space_name=space.name,
            title=title,
        )

    def sending(self) -> str:
        """Noted before Confluence is asked to save: from then on it may bear this mark."""
        self._set(mark=f"plumbline-{uuid4().hex}", is_doubtful=True)
        return self.mark

    def written(self, page: Written, by: Person, at: datetime) -> None:
        self._set(
            number=page.id,
            title=page.title,
            path=page.path or self.path,
            version=page.version,
            by=by,
            at=at,
            is_doubtful=False,
            failure_code="",
            failure_facts={},
        )

    def refused(self, error: AtlassianError, *, doubtful: bool) -> None:
        """What Confluence said to the last try; the page is what it was, unless that is unknown."""
        facts = facts_of(error)
        self._set(failure_code=error.code, failure_facts=facts, is_doubtful=doubtful)

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))
