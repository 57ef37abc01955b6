"""From a key result to one issue, to what is below it, or to whatever a search finds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from jira_integration.explain import Explanation, explain
from jira_integration.models.connection import JiraConnection
from jira_integration.models.counted import Unlinked
from jira_integration.models.issue import JiraIssue
from jira_integration.models.settings import SOURCE, IntegrationSettings
from jira_integration.models.sync_run import SyncRun, Trigger
from jira_integration.models.wanted import LEVELS, LinkKind, Wanted, each_link
from jira_integration.models.writing import JiraWriting
from okr.models import KeyResult, Person
from okr.models.closure import unclosed

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


class JiraLinkQuerySet(models.QuerySet["JiraLink"]):
    def of_open(self) -> Self:
        """Those of what is not closed yet."""
        return self.filter(
            unclosed("key_result__objective__"), key_result__objective__cycle__closed_at=None
        )

    def to_read(self, connection_id: int, key_result_id: int | None = None) -> Self:
        """The links of what is open; those of one key result where it is named."""
        rows = self.of_open().filter(connection=connection_id)
        return rows.filter(key_result=key_result_id) if key_result_id else rows

    def add(
        self, key_result: KeyResult, wanted: Wanted, connection: JiraConnection, by: Person
    ) -> int:
        """Links what was chosen and asks for a reading; answers how many links are new or another.

        Raises PermissionDenied for a person outside the allowlist and for an issue outside the
        chosen projects, whatever the way here.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        if not key_result.can_be_tracked:
            raise PermissionDenied(CANNOT_FOLLOW)
        chosen = connection.projects_that_count()
        if chosen is not None and any(each.project_id not in chosen for each in wanted.named):
            raise PermissionDenied(NOT_CHOSEN)
        with transaction.atomic():
            changed = 0
            for columns, told in each_link(wanted, connection):
                link, is_new = self.get_or_create(
                    **columns,
                    key_result=key_result,
                    connection=connection,
                    defaults={"by": by, **told},
                )
                changed += is_new or link.told_anew(told)
            key_result.track_by(SOURCE)
            SyncRun.objects.ask(connection, Trigger.LINK, key_result=key_result, by=by)
            return changed

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


class JiraLink(models.Model):
    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="jira_links")
    connection = models.ForeignKey(JiraConnection, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    issue = models.ForeignKey(JiraIssue, on_delete=models.PROTECT, null=True, related_name="+")
    depth = models.PositiveSmallIntegerField(
        null=True, help_text="How many levels below the issue count; 0 are all of them."
    )
    jql = models.TextField(max_length=10_000, blank=True)
    kept_id = models.BigIntegerField(
        null=True, help_text="Jira's number of the filter, the sprint or the version."
    )
    name = models.CharField(max_length=255, blank=True, help_text="What Jira called it.")
    requeried = models.BooleanField(
        default=False, help_text="Another query was put in since it was last measured."
    )
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
            models.UniqueConstraint(
                fields=["key_result", "issue"],
                condition=Q(kind="children"),
                name="children_of_an_issue_once",
            ),
            models.UniqueConstraint(
                fields=["key_result", "connection", "kind", "kept_id"],
                condition=Q(kept_id__isnull=False),
                name="a_kept_search_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="issue", issue__isnull=False, depth=None, jql="", kept_id=None)
                | (
                    Q(kind="children", issue__isnull=False, jql="", kept_id=None)
                    & Q(depth__isnull=False, depth__range=(0, 3))
                )
                | (Q(kind="query", issue=None, depth=None, kept_id=None) & ~Q(jql=""))
                | (
                    Q(kind__in=["filter", "sprint", "version"], issue=None, depth=None)
                    & Q(kept_id__isnull=False)
                    & ~Q(jql="")
                    & ~Q(name="")
                ),
                name="a_link_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(LIGHTEST, HEAVIEST)), name="link_weight_in_range"
            ),
        ]

    def __str__(self) -> str:
        match self.kind:
            case LinkKind.CHILDREN:
                return f"{self.depth_told} {self.issue}"
            case LinkKind.ISSUE:
                return str(self.issue)
        return self.name or self.jql

    @property
    def is_search(self) -> bool:
        """Whether what it finds may change."""
        return self.kind != LinkKind.ISSUE

    @property
    def url(self) -> str:
        """Where Jira shows the issue, or what the search finds."""
        return self.issue.url if self.issue else self.connection.search_url(self.jql)

    @property
    def depth_told(self) -> str:
        return LEVELS.get(self.depth if self.depth is not None else -1, "")

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

    def told_anew(self, told: Mapping[str, object]) -> bool:
        """Whether another depth was chosen, or Jira calls by another name what it finds."""
        if all(getattr(self, name) == value for name, value in told.items()):
            return False
        return bool(JiraLink.objects.filter(pk=self.pk).update(**told))

    def requery(self, jql: str, by: Person) -> bool:
        """Puts another query in the place of its own; whether it is another, and not linked yet.

        Raises PermissionDenied for a person outside the allowlist.
        """
        if not IntegrationSettings.load().may_link(by):
            raise PermissionDenied(NO_ACCESS)
        with transaction.atomic():
            same = JiraLink.objects.filter(key_result=self.key_result_id, jql=jql)
            if same.filter(connection=self.connection_id, kind=LinkKind.QUERY).exists():
                return False
            changed = JiraLink.objects.filter(pk=self.pk, kind=LinkKind.QUERY, jql=self.jql)
            news = {"jql": jql, "requeried": True, "read_at": None}
            if not changed.update(**news, failure_code="", failure_facts={}):
                return False
            key_result = self.key_result
            SyncRun.objects.ask(self.connection, Trigger.LINK, key_result=key_result, by=by)
        return True

    def remove(self, by: Person) -> None:
        """Unlinks; the last one gone, progress is a person's again and stays where it is."""
        with transaction.atomic():
            key_result = self.key_result
            Unlinked.objects.keep(self)
            self.delete()
            JiraWriting.objects.spoil(self.connection_id)
            if left := key_result.jira_links.select_related("connection").first():
                SyncRun.objects.ask(left.connection, Trigger.UNLINK, key_result=key_result, by=by)
            else:
                Unlinked.objects.filter(key_result=key_result).delete()
                key_result.untrack()
