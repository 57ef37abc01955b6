"""One named Jira site: where it is, as whom we read it, the sealed token and its health."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from atlassian.allowed_calls import policy_from_settings
from atlassian.connection import Accepted, SiteConnection
from jira_integration.client import (
    JiraClient,
    Patience,
    driver_for,
)
from jira_integration.explain import WORDS
from jira_integration.models.connections import JiraConnectionQuerySet

KNOWN_BY = 100
LISTED_EVERY = timedelta(days=1)


class JiraConnection(SiteConnection):
    words = WORDS

    name = models.CharField(max_length=80, unique=True, default="Jira")
    left_out = models.JSONField(
        default=list, blank=True, help_text="The resolutions whose issues count neither way, by id."
    )
    only_chosen = models.BooleanField(
        default=False, help_text="Whether only issues of the chosen projects count."
    )
    as_person = models.BooleanField(
        default=False, help_text="Whether a person links only what they may browse in Jira."
    )
    people_read_at = models.DateTimeField(
        null=True, help_text="When Jira last told the e-mail addresses of its accounts."
    )
    fields_listed_at = models.DateTimeField(null=True)

    objects = JiraConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="a_site_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["server"], name="a_site_is_connected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.host})"

    def fields_are_due(self, now: datetime) -> bool:
        """Whether the list of its fields is missing or a day old."""
        return self.fields_listed_at is None or self.fields_listed_at <= now - LISTED_EVERY

    def linked_keys(self) -> dict[int, str]:
        """Keys by Jira's number of some issues that are linked and were readable last."""
        counted_or_linked = Q(linked__isnull=False) | Q(pk__in=self.links.values("issue"))
        linked = self.issues.filter(counted_or_linked, unreadable_since=None)
        return dict(linked.values_list("jira_id", "key").distinct()[:KNOWN_BY])

    def issue_url(self, key: str) -> str:
        return f"{self.server}/browse/{key}"

    def search_url(self, jql: str) -> str:
        return f"{self.server}/issues/?{urlencode({'jql': jql})}"

    def projects_that_count(self) -> frozenset[int] | None:
        """Their ids; None where all that the account sees may be linked."""
        return self.chosen_projects.ids() if self.only_chosen else None

    def client(
        self, seconds: float | None = None, *, bounded: bool = True, seen_by: str = ""
    ) -> JiraClient:
        """`seconds` is how long an answer may take; fewer where a person waits for it.

        Unbounded, it reads what lies outside the chosen projects too: for admins, who choose them.
        `seen_by` is the account of a person who is to see no more than in Jira itself.
        """
        patience = Patience(total=seconds or settings.JIRA_ANSWER_SECONDS)
        policy, credentials = policy_from_settings(), self.credentials()
        driver = driver_for(cloud=self.is_cloud)
        projects = self.projects_that_count() if bounded else None
        return driver(
            self.site,
            credentials,
            policy,
            self.api_base,
            patience=patience,
            projects=projects,
            seen_by=seen_by,
        )

    def leave_out(self, resolutions: Iterable[str]) -> None:
        """From now on Done issues with these resolutions, by id, count neither way."""
        self.left_out = sorted(set(resolutions))
        self.save(update_fields=["left_out"])

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])

    def accept(self, examined: Accepted, token: str, expires_on: date | None, at: datetime) -> None:
        self.fields_listed_at = None
        super().accept(examined, token, expires_on, at)
