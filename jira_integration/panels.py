"""Fills the core's sockets: what pages of key results show of Jira."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings as django_settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from jira_integration.client import RateLimited
from jira_integration.explanation import LINES, MOST_LINES, Why, issues_counted
from jira_integration.models import (
    SOURCE,
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    LinkedIssue,
    SyncRun,
    Trigger,
)
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.reasons import reasons_of
from okr.access import may_edit, person_of
from okr.models import KeyResult, Measurement, Person
from okr.slots import Reason, Source, fill

SURELY_READ_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of Jira on the page of one key result."""

    key_result: KeyResult
    links: list[JiraLink]
    enabled: bool
    can_edit: bool
    may_see: bool
    connection: JiraConnection | None
    run: SyncRun | None
    now: datetime

    @classmethod
    def of(cls, key_result: KeyResult, person: Person) -> "Sight":
        settings = IntegrationSettings.load()
        connection = JiraConnection.objects.first()
        return cls(
            key_result=key_result,
            links=list(_links(key_result)),
            enabled=settings.enabled and connection is not None,
            can_edit=may_edit(person, key_result),
            may_see=settings.may_link(person),
            connection=connection,
            run=_open_run(key_result),
            now=timezone.now(),
        )

    @property
    def follows(self) -> bool:
        return self.key_result.tracked_by == SOURCE

    @property
    def may_link(self) -> bool:
        return self.enabled and self.can_edit and self.may_see

    @property
    def is_shown(self) -> bool:
        return bool(self.links) or (self.enabled and self.can_edit)

    @property
    def can_read_now(self) -> bool:
        return self.enabled and self.can_edit and bool(self.links) and not self.is_recalculating

    @property
    def is_recalculating(self) -> bool:
        """A reading is on its way; not while Jira does not answer, for then it may take long."""
        return self.follows and self.run is not None and not self.is_failing

    @property
    def is_failing(self) -> bool:
        return self.connection is not None and bool(self.connection.failure_code)

    @property
    def is_delayed(self) -> bool:
        """Jira asked us to slow down: that ends by itself."""
        return self.connection is not None and self.connection.failure_code == RateLimited.code

    @property
    def silent_since(self) -> datetime | None:
        """Since when Jira has not answered; None while it does."""
        if self.connection is None or not self.is_failing:
            return None
        return self.connection.read_at or self.connection.failing_since

    @property
    def silent_words(self) -> str:
        """09:40, and on another day 3 May, 09:40."""
        if self.silent_since is None:
            return ""
        since, now = timezone.localtime(self.silent_since), timezone.localtime(self.now)
        return f"{since:%H:%M}" if since.date() == now.date() else f"{since:%-d %B, %H:%M}"

    @property
    def poll_seconds(self) -> int:
        if self.run is None or not self.is_recalculating:
            return 10
        return 2 if self.now - self.run.asked_at < timedelta(minutes=1) else 5

    @property
    def state(self) -> str:
        """Changes with whatever the page shows of Jira; the progress stands first."""
        connection = self.connection
        seen = [
            self.key_result.progress,
            self.poll_seconds,
            connection and connection.failure_code,
            *((link.pk, link.last_read, link.failure_code) for link in self.links),
        ]
        return " ".join(str(part).replace(" ", "_") for part in seen)


def _links(key_result: KeyResult) -> JiraLinkQuerySet:
    rows = JiraLink.objects.filter(key_result=key_result).select_related("issue", "connection")
    return rows.annotate(number=Count("linked"))


def _open_run(key_result: KeyResult) -> SyncRun | None:
    """A reading that this page waits for: its own, or new percentages for all."""
    ours = Q(key_result=key_result) | Q(key_result=None, trigger=Trigger.SETTINGS)
    return SyncRun.objects.open().filter(ours).first()


@fill("key_result.panels")
def panels(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    sight = Sight.of(key_result, person_of(request))
    if not sight.is_shown:
        return None
    most = MOST_LINES if request.GET.get("issues") == "all" else LINES
    context = {
        "sight": sight,
        "why": Why.of(key_result, most) if sight.follows else None,
        "key_result": key_result,
        "is_admin": person_of(request).is_okr_admin,
    }
    return render_to_string("jira_integration/_panels.html", context, request)


@fill("key_result.actions")
def actions(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    settings = IntegrationSettings.load()
    person = person_of(request)
    if not (settings.may_link(person) and may_edit(person, key_result)):
        return None
    if key_result.jira_links.exists():
        return None
    context = {"key_result": key_result, "place": "page"}
    return render_to_string("jira_integration/_link_button.html", context, request)


@fill("key_results.sources")
def sources(key_results: Sequence[KeyResult]) -> dict[int, Source]:
    """One query for any number of rows, and none where Jira feeds none of them."""
    tracked = [each.pk for each in key_results if each.tracked_by == SOURCE]
    if not tracked:
        return {}
    rows = (
        JiraLink.objects.filter(key_result__in=tracked)
        .order_by()
        .values_list("key_result", "connection__read_at", "connection__failure_code")
    )
    read = rows.annotate(own=Max("read_at"), failing=Count("pk", filter=~Q(failure_code="")))
    now = timezone.now()
    return {
        pk: _source(own and max(own, site or own), failure, failing, now)
        for pk, site, failure, own, failing in read
    }


def _source(read_at: datetime | None, failure: str, failing: int, now: datetime) -> Source:
    silent = failure not in ("", RateLimited.code)
    usual = timedelta(seconds=3 * django_settings.JIRA_SYNC_SECONDS)
    late = read_at is not None and now - read_at > max(SURELY_READ_WITHIN, usual)
    note = f"{failing} Jira search{'' if failing == 1 else 'es'} refused" if failing else ""
    return Source("Jira", read_at, stale=silent or late, note=note)


@fill("check_in.notice")
def notice(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    if key_result.tracked_by != SOURCE:
        return None
    linked = LinkedIssue.objects.filter(link__key_result=key_result)
    number = linked.values("issue").distinct().count()
    counted = issues_counted(number, "Jira ") if number else "Jira"
    return render_to_string("jira_integration/_closed_value.html", {"counted": counted}, request)


@fill("measurement.reasons")
def reasons(measurements: Sequence[Measurement]) -> dict[int, Reason]:
    return reasons_of(measurements)


@fill("page.head")
def head(request: HttpRequest) -> SafeString:
    return render_to_string("jira_integration/_page_head.html", {}, request)
