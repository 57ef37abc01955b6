"""Stage one: from the database, once, what to read."""

from typing import Any

from django.db.models import F

from jira_integration.counting import fields_named
from jira_integration.descending import Top
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraField,
    JiraLink,
    LinkKind,
    Measuring,
    SyncRun,
    Trigger,
)
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.models.sync_run import BY_NOBODY
from jira_integration.sync.hints import concerned, marks_for, searches_for
from jira_integration.sync.planned import Plan, PlannedLink

NO_SITE = 0


def plan_reads(run: SyncRun) -> Plan:
    """Closed cycles are history and are not read. After an event, only what it concerns is."""
    own, marks = JiraLink.objects.to_read(run.connection_id, run.key_result_id), marks_for(run)
    searches = True
    if partial := run.trigger == Trigger.WEBHOOK:
        searches = searches_for(run, own, marks)
        own = own.filter(concerned(own, marks, all_queries=searches))
    ways = Measuring.objects.feeding_on(run.connection_id)
    return Plan(
        site=run.connection_id,
        numbers=tuple(fields_named(ways, run.connection_id)),
        gone=JiraField.objects.gone_from(run.connection_id),
        marks=marks,
        partial=partial,
        searches=searches,
        sparing=run.reads_all and run.trigger in BY_NOBODY,
        key_results=_key_results(own) if partial or run.key_result_id else None,
        **_rules(),
        **(_issues(own, marks, partial=partial) if run.reads_jira else {}),
        **_links(own, every=run.key_result_id is not None),
    )


def plan_nothing() -> Plan:
    """All that is open, of every site, as it is known: what can be computed without a reading."""
    return Plan(site=NO_SITE, **_rules())


def _rules() -> dict[str, Any]:
    scale = IntegrationSettings.load().scale
    return {"scale": scale, "left_out": JiraConnection.objects.left_out()}


def _key_results(own: JiraLinkQuerySet) -> tuple[int, ...]:
    rows = own.order_by("key_result").values_list("key_result", flat=True)
    return tuple(rows.distinct())


def _links(own: JiraLinkQuerySet, *, every: bool) -> dict[str, Any]:
    """Those that search, and those whose reading will be noted: the first, or for who waits."""
    rows = own.exclude(kind=LinkKind.ISSUE).select_related("issue")
    noted = own if every else own.filter(read_at=None)
    return {
        "searching": tuple(planned(row) for row in rows),
        "noted": frozenset(noted.order_by().values_list("pk", flat=True)),
    }


def _issues(own: JiraLinkQuerySet, marks: Any, *, partial: bool) -> dict[str, Any]:
    """What is linked one by one, the tops, and what the searches found last."""
    tops = own.filter(kind=LinkKind.CHILDREN)
    keys = dict(tops.values_list("issue__jira_id", "issue__key"))
    singly = own.filter(kind=LinkKind.ISSUE).order_by("issue__jira_id")
    linked = list(singly.values_list("issue__jira_id", flat=True).distinct())
    if not keys.keys() <= set(linked if keys else ()):
        linked = sorted({*linked, *keys})
    found = set(_found(own))
    known = len(linked) + len(found.difference(linked) if found else ())
    hinted = (marks.keys() & found).difference(linked) if found else ()
    if partial:
        known = len(marks.keys() & {*linked, *found})
        linked = [number for number in linked if number in marks]
    return {"issue_ids": linked, "hinted": sorted(hinted), "keys": keys, "known": known}


def _found(own: JiraLinkQuerySet) -> Any:
    """Jira's numbers of what the searches of these links found."""
    searching = own.exclude(kind=LinkKind.ISSUE).filter(linked__isnull=False).order_by()
    return searching.values_list(F("linked__issue__jira_id"), flat=True).distinct()


def planned(row: JiraLink) -> PlannedLink:
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
