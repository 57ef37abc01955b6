"""A dated step of a key result that is measured by milestones."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from okr.models.person import Person
from okr.progress import Step

if TYPE_CHECKING:
    from okr.models.key_result import KeyResult


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def done(self) -> Self:
        return self.exclude(done_at=None)

    def open(self) -> Self:
        return self.filter(done_at=None)

    def mark(
        self, milestone_ids: Collection[int], by: Person, at: datetime, *, done: bool
    ) -> list[str]:
        """Says that these are done, or open again; answers the titles of those that were not."""
        rows = list((self.open() if done else self.done()).filter(pk__in=milestone_ids))
        when, who = (at, by) if done else (None, None)
        self.filter(pk__in=[each.pk for each in rows]).update(done_at=when, done_by=who)
        return [each.title for each in rows]

    def replace(self, key_result: "KeyResult", planned: Iterable["Milestone"]) -> None:
        """Keeps exactly these for the key result; what is done stays done."""
        planned = list(planned)
        mine = self.filter(key_result=key_result)
        mine.exclude(pk__in=[each.pk for each in planned if each.pk]).delete()
        for each in planned:
            each.key_result = key_result
            if each.pk:
                each.save(update_fields=["title", "due_on", "weight"])
            else:
                each.save()


class Milestone(models.Model):
    key_result = models.ForeignKey(
        "okr.KeyResult", on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    weight = models.DecimalField(
        max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="milestone_weight_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def step(self) -> Step:
        return Step(self.weight, self.due_on, self.is_done)

    def is_late(self, today: date) -> bool:
        return not self.is_done and self.due_on < today
