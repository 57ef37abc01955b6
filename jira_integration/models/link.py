"""From a key result to one issue or to whatever a JQL query finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from jira_integration.client import Issue
from jira_integration.explain import Explanation, explain
from jira_integration.models.connection import JiraConnection
from jira_integration.models.counted import Unlinked
from jira_integration.models.issue import JiraIssue
from jira_integration.models.settings import SOURCE, IntegrationSettings
from jira_integration.models.sync_run import SyncRun, Trigger
from jira_integration.models.writing import JiraWriting
from okr.models import KeyResult, Person

NO_ACCESS = (
    "Linking Jira issues is not turned on for your account. "
    "Ask an OKR admin to add you under User Access Control."
)
LIGHTEST, HEAVIEST = 1, 100
NOT_CHOSEN = "Only issues of the projects that an OKR admin has chosen can be linked here."
CANNOT_FOLLOW = (
    "Progress cannot come from Jira here: only a key result with a start and a target can follow"
    " issues."
)


class LinkKind(models.TextChoices):
    ISSUE = "issue", "Issue"
    QUERY = "query", "JQL"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person chose to link: issues that Jira has just shown, a query, or both."""

    issues: list[Issue] = field(default_factory=list)
    jql: str = ""


class JiraLinkQuerySet(models.QuerySet["JiraLink"]):
    def of_open(self) -> Self:
        """Those of what is not closed yet."""
        return self.filter(
            key_result__objective__cycle__closed_at=None, key_result__objective__closure=None
        )

    def to_read(self, connection_id: int, key_result_id: int | None = None) -> Self:
        """The links of what is open; those of one key result where it is named."""
        rows = self.of_open().filter(connection=connection_id)
        return rows.filter(key_result=key_result_id) if key_result_id else rows

    def add(
        self, key_result: KeyResult, wanted: Wanted, connection: JiraConnection, by: Person
    ) -> int:
        """Links what was chosen and asks for a reading; answers how many links are new.

        Raises PermissionDenied for a person outside the allowlist and for an issue outside the
        chosen projects, whatever the way here.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        if not key_result.can_be_tracked:
            raise PermissionDenied(CANNOT_FOLLOW)
        chosen = connection.projects_that_count()
        if chosen is not None and any(each.project_id not in chosen for each in wanted.issues):
            raise PermissionDenied(NOT_CHOSEN)
        with transaction.atomic():
            before = key_result.jira_links.count()
            self._link_issues(key_result, wanted.issues, connection, by)
            if wanted.jql:
                self.get_or_create(
                    key_result=key_result,
                    connection=connection,
                    kind=LinkKind.QUERY,
                    jql=wanted.jql,
                    defaults={"by": by},
                )
            key_result.track_by(SOURCE)
            SyncRun.objects.ask(connection, Trigger.LINK, key_result=key_result, by=by)
            return key_result.jira_links.count() - before

    def weigh(self, key_result: KeyResult, weights: Mapping[int, int], by: Person) -> bool:
        """Gives links of a key result their weights, by the link's number; whether any changed.

        The number is worked out anew without a call to Jira. Raises PermissionDenied for a person
        outside the allowlist.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        with transaction.atomic():
            links = list(self.filter(key_result=key_result).select_for_update().order_by("pk"))
            changed = [each for each in links if weights.get(each.pk, each.weight) != each.weight]
            for each in changed:
                each.weight = weights[each.pk]
            self.bulk_update(changed, ["weight"])
            for connection in JiraConnection.objects.feeding(key_result) if changed else ():
                SyncRun.objects.ask(connection, Trigger.MEASURE, key_result=key_result, by=by)
        return bool(changed)

    def _link_issues(
        self, key_result: KeyResult, issues: Iterable[Issue], connection: JiraConnection, by: Person
    ) -> None:
        for found in issues:
            issue, _ = JiraIssue.objects.get_or_create(
                connection=connection, jira_id=found.id, defaults=mirrored(found)
            )
            self.get_or_create(
                key_result=key_result,
                connection=connection,
                kind=LinkKind.ISSUE,
                issue=issue,
                defaults={"by": by},
            )


class JiraLink(models.Model):
    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="jira_links")
    connection = models.ForeignKey(JiraConnection, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    issue = models.ForeignKey(JiraIssue, on_delete=models.PROTECT, null=True, related_name="+")
    jql = models.TextField(max_length=10_000, blank=True)
    weight = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="What each of its issues weighs among the others."
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(
        null=True, help_text="Its first proven reading, or the last one of its key result alone."
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict, blank=True)

    objects = JiraLinkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key_result", "issue"], condition=Q(kind="issue"), name="an_issue_once"
            ),
            models.UniqueConstraint(
                fields=["key_result", "connection", "jql"],
                condition=Q(kind="query"),
                name="a_query_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="issue", issue__isnull=False, jql="")
                | (Q(kind="query", issue=None) & ~Q(jql="")),
                name="a_link_is_an_issue_or_a_query",
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(LIGHTEST, HEAVIEST)), name="link_weight_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.jql or str(self.issue)

    @property
    def last_read(self) -> datetime | None:
        """By a reading of its own or of the whole site; while Jira refuses it, the last it had."""
        site = self.connection.read_at
        if self.read_at is None or site is None or self.failure_code:
            return self.read_at
        return max(self.read_at, site)

    @property
    def failure(self) -> Explanation | None:
        return explain(self.failure_code, self.failure_facts) if self.failure_code else None

    def remove(self, by: Person) -> None:
        """Unlinks; the last one gone, progress is a person's again and stays where it is."""
        with transaction.atomic():
            key_result, connection = self.key_result, self.connection
            Unlinked.objects.keep(self)
            self.delete()
            JiraWriting.objects.spoil(connection.pk)
            if key_result.jira_links.exists():
                SyncRun.objects.ask(connection, Trigger.UNLINK, key_result=key_result, by=by)
            else:
                Unlinked.objects.filter(key_result=key_result).delete()
                key_result.untrack()


def mirrored(found: Issue) -> dict[str, object]:
    """The columns of the mirror as Jira tells them now."""
    return {
        "key": found.key,
        "summary": found.summary[:255],
        "status": found.status,
        "category": found.category,
        "type_name": found.type_name,
        "resolution_id": found.resolution.id if found.resolution else "",
        "resolution": found.resolution.name if found.resolution else "",
        "numbers": {name: str(number) for name, number in found.numbers.items()},
        "project_id": found.project_id,
        "changed_at": found.updated,
        "unreadable_since": None,
    }
