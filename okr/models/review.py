"""What a manager or an admin says about somebody else's objective, with a rating."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F, Q

from okr.models.closure import MOST_LETTERS, Outcome, lock_open_cycle
from okr.models.happens import Happens
from okr.models.news import tell_of_review
from okr.models.outbox import happened
from okr.models.policy import Policy, RatingScale

if TYPE_CHECKING:
    from okr.models.objective import Objective
    from okr.models.person import Person


class ReviewQuerySet(models.QuerySet["Review"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def say(self, objective: "Objective", by: "Person", at: datetime, **judged: Any) -> "Review":
        """What a reviewer says now; it replaces what they said about it before.

        Raises PermissionDenied where the cycle was closed meanwhile.
        """
        with transaction.atomic():
            lock_open_cycle(objective.cycle_id)
            review = self.filter(objective=objective, reviewer=by).first()
            review = review or Review(objective=objective, reviewer=by)
            for name, value in (judged | {"at": at, "scale": Policy.load().rating_scale}).items():
                setattr(review, name, value)
            review.full_clean()
            review.save()
            tell_of_review(review)
            happened(Happens.REVIEW_GIVEN, review, by=by, at=at)
        return review


class Review(models.Model):
    objective = models.ForeignKey("okr.Objective", on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("okr.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.TextField(max_length=MOST_LETTERS)
    rating = models.PositiveSmallIntegerField()
    scale = models.PositiveSmallIntegerField(
        choices=RatingScale, help_text="How many points there were when it was rated."
    )
    outcome = models.CharField(max_length=10, choices=Outcome)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "reviewer"], name="one_review_of_an_objective_a_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(scale__in=[3, 5]), name="a_review_has_3_or_5_points"
            ),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=F("scale")),
                name="a_rating_lies_on_its_scale",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["continue", "close"]), name="a_review_has_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} of {self.scale}"
