"""What we write into a Jira: whether at all, and what each issue shows of a key result."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from atlassian.health import FIRST_WAIT, LONGEST_WAIT
from jira_integration.client import JiraError
from jira_integration.explain import Explanation, explain, facts_of
from jira_integration.models.connection import JiraConnection
from jira_integration.models.issue import JiraIssue
from okr.models import KeyResult

APART = timedelta(seconds=30)
"""Between two writes of the same line: whatever moves meanwhile is written once."""
SELDOM = timedelta(days=1)
"""Until what only a person can mend is tried again."""
FIND_OUT = timedelta(minutes=1)
LIMITS = ((10, timedelta(seconds=2)), (50, timedelta(seconds=30)))
"""How often we write to one issue; Jira takes twice as much."""


class JiraWritingQuerySet(models.QuerySet["JiraWriting"]):
    def of(self, connection: JiraConnection) -> "JiraWriting":
        """Nothing is written where nobody switched it on: then it is not stored either."""
        return self.filter(connection=connection).first() or self.model(connection=connection)

    def to_compare(self, now: datetime) -> Self:
        """Those whose issues have to be compared with their key results: something moved, or may
        have, since the core does not tell of a new title or of an objective that closed."""
        old = Q(compared_at=None) | Q(compared_at__lte=now - FIND_OUT)
        return self.in_use().filter(Q(is_stale=True) | old)

    def in_use(self) -> Self:
        """Those that show key results, or still have to remove some; not what Jira refused."""
        left = ShownKeyResult.objects.filter(connection=models.OuterRef("connection"))
        mine = self.filter(Q(shows_key_results=True) | models.Exists(left))
        return mine.filter(connection__suspended=False).select_related("connection")

    def creating(self) -> set[int]:
        """The sites in which people may create issues from here."""
        on = self.filter(creates_issues=True)
        return set(on.values_list("connection", flat=True))

    def spoil(self, connection_id: int) -> None:
        """Something moved: the next tick compares."""
        self.filter(connection=connection_id).update(is_stale=True)


class JiraWriting(models.Model):
    """`halted_at` is when Jira refused to be written to; only a person mends that."""

    connection = models.OneToOneField(
        JiraConnection, on_delete=models.CASCADE, related_name="writing"
    )
    shows_key_results = models.BooleanField("Show key results on Jira issues", default=False)
    creates_issues = models.BooleanField("Let people create Jira issues", default=False)
    is_stale = models.BooleanField(default=False)
    compared_at = models.DateTimeField(null=True)
    waits_until = models.DateTimeField(null=True)
    halted_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="Failed runs in a row.")
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = JiraWritingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Writing into {self.connection}"

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    @property
    def is_halted(self) -> bool:
        """Not any more once other credentials were saved."""
        return self.halted_at is not None and self.halted_at >= self.connection.token_saved_at

    def may_write(self, now: datetime) -> bool:
        waits = self.waits_until is not None and self.waits_until > now
        return not (self.is_halted or waits or self.connection.suspended)

    def begin(self) -> None:
        """Stored from now on."""
        if self._state.adding:
            self.pk = JiraWriting.objects.get_or_create(connection=self.connection)[0].pk
            self.refresh_from_db()

    def switch(self, name: str, *, on: bool) -> None:
        """`name` is one of the two switches. Whatever stood in the way is tried again."""
        self.begin()
        setattr(self, name, on)
        self.is_stale = True
        self.recover()
        self.save(update_fields=[name, "is_stale"])

    def recover(self) -> None:
        self.waits_until = self.halted_at = None
        self.failures, self.failure_code, self.failure_facts = 0, "", {}
        self._save_trouble()

    def failed(self, error: JiraError, at: datetime, until: datetime | None = None) -> None:
        """Nothing more is written for a while; `until` is the time that Jira named."""
        self.failures += 1
        pause = min(FIRST_WAIT * 2 ** min(self.failures - 1, 10), LONGEST_WAIT)
        self.waits_until = until or at + pause
        self.failure_code, self.failure_facts = error.code, facts_of(error)
        self._save_trouble()

    def halt(self, code: str, facts: dict[str, Any], at: datetime) -> None:
        self.halted_at, self.failure_code, self.failure_facts = at, code, facts
        self._save_trouble()

    def _save_trouble(self) -> None:
        self.save(
            update_fields=[
                "waits_until",
                "halted_at",
                "failures",
                "failure_code",
                "failure_facts",
            ]
        )


class ShownKeyResultQuerySet(models.QuerySet["ShownKeyResult"]):
    def ready(self, connection_id: int, now: datetime) -> Self:
        """What may be written now: what has to go before all else."""
        ripe = Q(not_before=None) | Q(not_before__lte=now)
        due = self.filter(ripe, connection=connection_id, is_due=True)
        return due.select_related("issue", "connection").order_by("is_wanted", "pk")

    def pause_of(self, issue_id: int, now: datetime) -> timedelta | None:
        """How long an issue has to be left alone, that was written to so often lately."""
        lately = {
            f"within_{n}": Count("pk", filter=Q(sent_at__gt=now - window))
            for n, (_, window) in enumerate(LIMITS)
        }
        counts = self.filter(issue=issue_id).aggregate(**lately)
        full = [window for n, (most, window) in enumerate(LIMITS) if counts[f"within_{n}"] >= most]
        return max(full, default=None)

    def refused(self) -> Self:
        """What only a person can mend; the first of them."""
        rows = self.exclude(failure_code="").exclude(key_result=None)
        return rows.select_related("key_result").order_by("pk")

    def try_again(self, connection_id: int) -> None:
        mine = self.filter(connection=connection_id)
        mine.exclude(failure_code="").update(is_due=True, not_before=None)


class ShownKeyResult(models.Model):
    """That an issue shows a key result, or is to. Where the key result is gone, so is the line.

    `sent` is what Jira shows as far as we know, `global_id` how Jira tells the line from others.
    """

    connection = models.ForeignKey(JiraConnection, on_delete=models.CASCADE, related_name="shown")
    issue = models.ForeignKey(JiraIssue, on_delete=models.CASCADE, related_name="+")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    global_id = models.CharField(max_length=255)
    is_wanted = models.BooleanField(default=True)
    is_due = models.BooleanField(default=True)
    not_before = models.DateTimeField(null=True)
    sent = models.JSONField(null=True)
    sent_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = ShownKeyResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "global_id"], name="a_key_result_once_an_issue"
            )
        ]
        indexes = [models.Index(fields=["connection", "is_due"])]

    def __str__(self) -> str:
        return f"{self.global_id} on {self.issue_id}"

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    def try_at(self, now: datetime) -> None:
        """Noted before Jira is asked: from then on it may show the line."""
        ShownKeyResult.objects.filter(pk=self.pk).update(tried_at=now)

    def was_sent(self, sent: dict[str, Any], now: datetime) -> None:
        ShownKeyResult.objects.filter(pk=self.pk).update(
            sent=sent,
            sent_at=now,
            is_due=False,
            not_before=now + APART,
            failure_code="",
            failure_facts={},
        )

    def settle(self) -> None:
        """Jira shows it already."""
        mine = ShownKeyResult.objects.filter(pk=self.pk)
        mine.update(is_due=False, failure_code="", failure_facts={})

    def put_off(self, until: datetime) -> None:
        ShownKeyResult.objects.filter(pk=self.pk).update(not_before=until)

    def refuse(self, code: str, facts: dict[str, Any], now: datetime) -> None:
        """Only a person mends that; it is looked at again once in a while."""
        ShownKeyResult.objects.filter(pk=self.pk).update(
            failure_code=code, failure_facts=facts, not_before=now + SELDOM
        )
