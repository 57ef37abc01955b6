"""A page of Confluence that somebody attached to a key result, or to one of its check-ins."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from confluence.models.page import ConfluencePage
from okr.models import CheckIn, KeyResult, Person


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def in_order(self) -> Self:
        """With all that a list of them shows, in one question."""
        return self.select_related("page__connection", "by", "check_in").order_by("at", "pk")

    def attach(
        self,
        page: ConfluencePage,
        key_result: KeyResult,
        check_in: CheckIn | None,
        by: Person,
        at: datetime,
    ) -> bool:
        """Whether it is new there."""
        _, new = self.get_or_create(
            page=page, key_result=key_result, check_in=check_in, defaults={"by": by, "at": at}
        )
        return new


class Evidence(models.Model):
    page = models.ForeignKey(ConfluencePage, on_delete=models.CASCADE, related_name="evidence")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.CASCADE, related_name="confluence_evidence"
    )
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.CASCADE, null=True, related_name="confluence_evidence"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "key_result"],
                condition=Q(check_in=None),
                name="a_page_is_attached_once",
            ),
            models.UniqueConstraint(
                fields=["page", "check_in"],
                condition=Q(check_in__isnull=False),
                name="a_page_is_attached_once_to_a_check_in",
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)
