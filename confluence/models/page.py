"""What was last read of a page of Confluence, for those that somebody attached."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.db import models

from confluence.client import Page
from confluence.models.connection import ConfluenceConnection

READ_EVERY = timedelta(minutes=15)


class Absence(models.TextChoices):
    """Why a page cannot be read; Confluence answers alike for a page that is gone and for one that
    must not be known of."""

    GONE = "gone", "Deleted, or hidden from the connected account"
    FORBIDDEN = "forbidden", "The connected account may not read it"


class ConfluencePageQuerySet(models.QuerySet["ConfluencePage"]):
    def attached(self) -> Self:
        return self.filter(evidence__isnull=False).distinct()

    def keep(self, connection: ConfluenceConnection, page: Page, at: datetime) -> "ConfluencePage":
        """As it was just read."""
        kept, _ = self.update_or_create(
            connection=connection, number=page.id, defaults=_told(page) | _present(at)
        )
        return kept

    def renew(self, pages: Iterable[Page], at: datetime) -> int:
        """Takes over what was read of these; answers how many are called otherwise now, or are
        back."""
        told = {page.id: page for page in pages}
        rows = list(self.filter(number__in=told))
        changed = 0
        for row in rows:
            page = told[row.number]
            changed += bool(row.absence) or row.title != page.title
            for name, value in (_told(page) | _present(at)).items():
                setattr(row, name, value)
        self.bulk_update(rows, [*_told_names(), *_present(at)])
        return changed

    def lose(self, numbers: Iterable[int], absence: Absence, at: datetime) -> int:
        """What cannot be read keeps what was known of it; answers for how many that is news."""
        rows = self.filter(number__in=list(numbers))
        rows.update(read_at=at)
        return rows.exclude(absence=absence).update(absence=absence, absent_since=at)


class ConfluencePage(models.Model):
    connection = models.ForeignKey(
        ConfluenceConnection, on_delete=models.CASCADE, related_name="pages"
    )
    number = models.BigIntegerField()
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=500, blank=True)
    space_key = models.CharField(max_length=255, blank=True)
    space_name = models.CharField(max_length=255, blank=True)
    version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True)
    archived = models.BooleanField(default=False)
    read_at = models.DateTimeField()
    absence = models.CharField(max_length=10, choices=Absence, blank=True)
    absent_since = models.DateTimeField(null=True)

    objects = ConfluencePageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "number"], name="a_confluence_page_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return self.connection.page_url(self.number, self.path)

    @property
    def space(self) -> str:
        return self.space_name or self.space_key


def _told(page: Page) -> dict[str, object]:
    return {
        "title": page.title,
        "path": page.path,
        "space_key": page.space_key,
        "space_name": page.space_name,
        "version": page.version,
        "edited_at": page.edited_at,
        "archived": page.archived,
    }


def _told_names() -> list[str]:
    return list(_told(Page(0, "")))


def _present(at: datetime) -> dict[str, object]:
    return {"read_at": at, "absence": "", "absent_since": None}
