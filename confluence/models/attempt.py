"""What became of the last try to write something into Confluence, and whether one is under way."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from atlassian.client import AtlassianError
from atlassian.explain import Explanation, facts_of
from confluence.explain import WORDS

AT_MOST = timedelta(minutes=2)
"""How long publishing may take with all that goes before: then whoever began it is gone."""

MARK = "plumbline-"
"""What every mark begins with."""


class Attempt(models.Model):
    """Of one press at a time."""

    busy_since = models.DateTimeField(null=True)
    mark = models.CharField(max_length=64, blank=True, help_text="Of the last attempt.")
    attempted = models.PositiveIntegerField(
        default=0, help_text="The version that the last attempt was to become."
    )
    is_doubtful = models.BooleanField(
        default=False, help_text="Confluence may have saved it without our learning of that."
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def failure(self) -> Explanation | None:
        return WORDS.explain(self.failure_code, self.failure_facts) if self.failure_code else None

    def claim(self) -> bool:
        """Whether it is ours to write now: not while another press is being answered."""
        now = timezone.now()
        free = models.Q(busy_since=None) | models.Q(busy_since__lt=now - AT_MOST)
        rows = type(self)._default_manager.filter(free, pk=self.pk)
        claimed = rows.update(busy_since=now) == 1
        self.refresh_from_db()
        return claimed

    def release(self) -> None:
        """Unless somebody else took it over meanwhile."""
        mine = type(self)._default_manager.filter(pk=self.pk, busy_since=self.busy_since)
        mine.update(busy_since=None)

    def sending(self, version: int) -> str:
        """Noted before Confluence is asked to save: from then on this version of the page may bear
        this mark."""
        self.put(mark=f"{MARK}{uuid4().hex}", attempted=version, is_doubtful=True)
        return self.mark

    def refused(self, error: AtlassianError, *, doubtful: bool) -> None:
        """What Confluence said to the last try; the page is what it was, unless that is unknown."""
        facts = facts_of(error)
        self.put(failure_code=error.code, failure_facts=facts, is_doubtful=doubtful)

    def put(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))
