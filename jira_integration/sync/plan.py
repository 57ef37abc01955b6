"""Stage one: from the database, once, what to read and what counted until now."""

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet

from jira_integration.calculation import IssueId
from jira_integration.counting import fields_named
from jira_integration.descending import Top
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraField,
    JiraIssue,
    JiraLink,
    LinkedIssue,
    LinkKind,
    Measuring,
    SyncRun,
    Trigger,
    Unlinked,
    outside,
)
from jira_integration.models.counted import AS_COUNTED, work
from jira_integration.models.issue import MIRROR, NAME, seen
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.sync.hints import concerned, marks_for, searches_for
from jira_integration.sync.planned import Plan, PlannedLink
from okr.models import KeyResult

NO_SITE = 0
READ = ("changed_at", "unreadable_since")


def plan_reads(run: SyncRun) -> Plan:
    """Closed cycles are history and are not read. After an event, only what it concerns is."""
    own, marks = JiraLink.objects.to_read(run.connection_id, run.key_result_id), marks_for(run)
    searches = True
    if partial := run.trigger == Trigger.WEBHOOK:
        searches = searches_for(run, own, marks)
        own = own.filter(concerned(own, marks, all_queries=searches))
    tops = own.filter(kind=LinkKind.CHILDREN)
    ways = Measuring.objects.feeding_on(run.connection_id)
    return _known(
        _with_other_sites(own, run),
        site=run.connection_id,
        numbers=tuple(fields_named(ways, run.connection_id)),
        gone=JiraField.objects.gone_from(run.connection_id),
        marks=marks,
        partial=partial,
        searches=searches,
        keys=dict(tops.values_list("issue__jira_id", "issue__key")),
    )


def plan_nothing() -> Plan:
    """All that is open, of every site, as it is known: what can be computed without a reading."""
    return _known(JiraLink.objects.of_open(), site=NO_SITE)


def _known(rows: JiraLinkQuerySet, **wanted: Any) -> Plan:
    plan = Plan(
        scale=IntegrationSettings.load().scale,
        links=tuple(_planned(row) for row in rows.select_related("issue")),
        left_out=JiraConnection.objects.left_out(),
        **wanted,
    )
    _know_issues(plan, rows)
    plan.outside.update(IssueId(*name) for name in outside().values_list(*NAME))
    _know_key_results(plan, rows)
    return plan


def _with_other_sites(own: JiraLinkQuerySet, run: SyncRun) -> JiraLinkQuerySet:
    """And the links of the same key results to other sites, where there are any."""
    if not JiraConnection.objects.exclude(pk=run.connection_id).exists():
        return own
    ours = Q(pk__in=own.values("pk")) | Q(key_result__in=own.values("key_result"))
    return JiraLink.objects.filter(ours)


def _planned(row: JiraLink) -> PlannedLink:
    return PlannedLink(
        id=row.pk,
        key_result_id=row.key_result_id,
        site=row.connection_id,
        issue=row.issue.name if row.issue and not row.is_search else None,
        jql=row.jql,
        weight=row.weight,
        top=Top(row.issue.jira_id, row.depth or 0) if row.issue and row.is_search else None,
        requeried=row.requeried,
        failure_code=row.failure_code,
        read_at=row.read_at,
    )


def _know_issues(plan: Plan, rows: JiraLinkQuerySet) -> None:
    """The mirror of all that is linked or counted, and as what it counted."""
    links = {link.id: link for link in plan.links}
    singly = JiraIssue.objects.filter(pk__in=rows.exclude(issue=None).values("issue"))
    for site, number, *told in singly.values_list(*NAME, *MIRROR, *READ):
        plan.know(IssueId(site, number), seen(*told[:3]), *told[3:])
    of_issue = [f"issue__{column}" for column in (*NAME, *MIRROR, *READ)]
    counted = LinkedIssue.objects.filter(link__in=rows.values("pk"))
    for link_id, *row in counted.values_list("link_id", *AS_COUNTED, *of_issue):
        as_counted, name, told = row[:4], IssueId(*row[4:6]), row[6:]
        plan.know(name, seen(*told[:3]), *told[3:])
        links[link_id].counted[name] = work(name, *as_counted)


def _know_key_results(plan: Plan, rows: JiraLinkQuerySet) -> None:
    """How each is measured, and what counted by links that are gone."""
    sites = Counter(pk for pk, _ in {(link.key_result_id, link.site) for link in plan.links})
    plan.ways.update(Measuring.objects.of_many(sites))
    for key_result_id, *row in _unlinked(rows):
        name = IssueId(*row[4:6])
        plan.unlinked.setdefault(key_result_id, {})[name] = work(name, *row[:4])
    mixed = [pk for pk, number in sites.items() if number > 1]
    if mixed:
        measured = KeyResult.objects.filter(pk__in=mixed).values_list("pk", "measured_at")
        plan.measured_at.update(measured)


def _unlinked(rows: JiraLinkQuerySet) -> QuerySet[Unlinked, tuple[Any, ...]]:
    of_issue = [f"issue__{column}" for column in NAME]
    gone = Unlinked.objects.filter(key_result__in=rows.values("key_result"))
    return gone.values_list("key_result_id", *AS_COUNTED, *of_issue)
