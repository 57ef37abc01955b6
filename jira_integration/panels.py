"""Fills the core's sockets: what pages of key results show of Jira."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings as django_settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from jira_integration.client import RateLimited
from jira_integration.explanation import issues_counted
from jira_integration.into_jira.sight import IntoSight
from jira_integration.models import (
    SOURCE,
    JiraField,
    JiraLink,
    LinkedIssue,
    Measuring,
)
from jira_integration.models.measuring import told
from jira_integration.past import Past
from jira_integration.reasons import reasons_of
from jira_integration.retelling import made_of
from jira_integration.sight import Sight
from jira_integration.why import LINES, MOST_LINES, Why
from okr import slots
from okr.access import person_of
from okr.models import KeyResult, Measurement
from okr.slots import Reason, Source, fill

RETOLD = "Reconstructed from Jira's history"
SURELY_READ_WITHIN = timedelta(minutes=30)


@fill("key_result.panels")
def panels(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    sight = Sight.of(key_result, person_of(request))
    if not sight.is_shown:
        return None
    past = Past.of(key_result, _day(request), timezone.localdate()) if sight.follows else None
    most, most_links = (_most(request, name) for name in ("issues", "links"))
    links = sight.first_links(most_links)
    way = Measuring.objects.of(key_result)
    why = Why.of(key_result, most) if sight.follows else None
    context = {
        "sight": sight,
        "links": links,
        "more_links": len(sight.links) - len(links),
        "into": IntoSight.of(sight),
        "why": why,
        "past": past,
        "retold": sight.history.on(past.day) if past and past.is_unmoved else None,
        "told_otherwise": why and sight.history.is_told_otherwise(why.breakdown.method),
        "measured": told(way),
        "lost": JiraField.objects.lost(way.fields),
        "key_result": key_result,
        "is_admin": person_of(request).is_okr_admin,
    }
    return render_to_string("jira_integration/_panels.html", context, request)


def _most(request: HttpRequest, name: str) -> int:
    return MOST_LINES if request.GET.get(name) == "all" else LINES


def _day(request: HttpRequest) -> date | None:
    """The day that was asked for; what is none is not answered."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


@fill("key_result.reconstructed")
def reconstructed(key_result: KeyResult) -> slots.Reconstruction | None:
    made = made_of(key_result)
    return slots.Reconstruction(made.points, made.until, RETOLD) if made else None


@fill("key_results.sources")
def sources(key_results: Sequence[KeyResult]) -> dict[int, Source]:
    """One query for any number of rows, and none where Jira feeds none of them."""
    tracked = [each.pk for each in key_results if each.tracked_by == SOURCE]
    if not tracked:
        return {}
    rows = (
        JiraLink.objects.filter(key_result__in=tracked)
        .order_by()
        .values_list(
            "key_result", "connection__name", "connection__read_at", "connection__failure_code"
        )
    )
    read = rows.annotate(own=Max("read_at"), failing=Count("pk", filter=~Q(failure_code="")))
    parts: dict[int, list[SitePart]] = defaultdict(list)
    for pk, name, site, failure, own, failing in read:
        parts[pk].append(SitePart(name, own and max(own, site or own), failure, failing))
    now = timezone.now()
    return {pk: _source(each, now) for pk, each in parts.items()}


@dataclass(frozen=True, slots=True)
class SitePart:
    """What one site has to do with a key result; `refused` counts its searches that fail."""

    name: str
    read_at: datetime | None
    failure_code: str
    refused: int

    @property
    def is_silent(self) -> bool:
        return self.failure_code not in ("", RateLimited.code)

    def is_stale(self, now: datetime) -> bool:
        usual = timedelta(seconds=3 * django_settings.JIRA_SYNC_SECONDS)
        late = self.read_at is not None and now - self.read_at > max(SURELY_READ_WITHIN, usual)
        return self.is_silent or late


def _source(parts: list[SitePart], now: datetime) -> Source:
    """As old as its oldest site, stale where one of them is; among several that one is named."""
    moments = [part.read_at for part in parts if part.read_at]
    refused = sum(part.refused for part in parts)
    notes = [f"{refused} Jira search{'' if refused == 1 else 'es'} refused"] if refused else []
    if len(parts) > 1:
        notes += [f"{part.name} does not answer" for part in parts if part.is_silent]
    return Source(
        "Jira",
        min(moments) if len(moments) == len(parts) else None,
        stale=any(part.is_stale(now) for part in parts),
        note=", ".join(notes),
    )


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
