"""Fills the core's sockets: what pages of key results show of Jira."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

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
    JiraLink,
    LinkedIssue,
    Measuring,
)
from jira_integration.models.measuring import told
from jira_integration.past import Past
from jira_integration.reasons import reasons_of
from jira_integration.sight import Sight
from okr.access import person_of
from okr.models import KeyResult, Measurement
from okr.slots import Reason, Source, fill

SURELY_READ_WITHIN = timedelta(minutes=30)


@fill("key_result.panels")
def panels(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    sight = Sight.of(key_result, person_of(request))
    if not sight.is_shown:
        return None
    most = MOST_LINES if request.GET.get("issues") == "all" else LINES
    context = {
        "sight": sight,
        "why": Why.of(key_result, most) if sight.follows else None,
        "past": Past.of(key_result, _day(request), timezone.localdate()) if sight.follows else None,
        "measured": told(Measuring.objects.of(key_result)),
        "key_result": key_result,
        "is_admin": person_of(request).is_okr_admin,
    }
    return render_to_string("jira_integration/_panels.html", context, request)


def _day(request: HttpRequest) -> date | None:
    """The day that was asked for; what is none is not answered."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


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


@fill("check_in.suggestion")
def in_steps(_request: HttpRequest, key_result: KeyResult) -> str | None:
    return "Jira progress moves in steps." if key_result.tracked_by == SOURCE else None


@fill("measurement.reasons")
def reasons(measurements: Sequence[Measurement]) -> dict[int, Reason]:
    return reasons_of(measurements)


@fill("page.head")
def head(request: HttpRequest) -> SafeString:
    return render_to_string("jira_integration/_page_head.html", {}, request)
