"""What was answered to a request that may come twice, so that it is done once."""

from datetime import datetime
from typing import Self

from django.db import models

from okr.models.person import Person

LONGEST_KEY = 100


class ApiAnswerQuerySet(models.QuerySet["ApiAnswer"]):
    def older_than(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)


class ApiAnswer(models.Model):
    """`digest` is of what was asked: the same key must not ask for something else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    objects = ApiAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return self.key
