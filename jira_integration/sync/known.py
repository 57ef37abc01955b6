"""What is known of key results when their numbers are worked out; some of them at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from jira_integration.calculation import IssueId, Work
from jira_integration.counting import Seen, Way, fields_named
from jira_integration.descending import Top
from jira_integration.models import (
    JiraIssue,
    JiraLink,
    LinkedIssue,
    LinkKind,
    Measuring,
    Unlinked,
    outside,
)
from jira_integration.models.counted import AS_COUNTED, work
from jira_integration.models.issue import MIRROR, NAME, seen
from jira_integration.sync.found import Found
from jira_integration.sync.plan import NO_SITE
from jira_integration.sync.planned import MEAN, Plan, PlannedLink
from jira_integration.sync.stale import stale
from okr.models import KeyResult

BATCH = 500
UNSIZED = MIRROR[:2]
"""Without the numbers, which nobody needs where nothing is measured by them."""
OF_LINK = (
    *("pk", "key_result_id", "connection_id", "kind", "issue_id", "jql", "weight", "depth"),
    *("requeried", "failure_code", "read_at"),
)


@dataclass(slots=True)
class Known:
    """`links` are all links of each key result; those to other sites were not read, and count as
    their mirror tells. `mirror` is the last known state of every issue that may count, `rows` its
    row. `ways` names what was chosen for a key result; the others are the mean. `unlinked` counted
    by links that are gone, `measured_at` is when what mixes sites was measured last.
    """

    links: dict[int, list[PlannedLink]] = field(default_factory=lambda: defaultdict(list))
    mirror: dict[IssueId, Seen] = field(default_factory=dict)
    rows: dict[IssueId, int] = field(default_factory=dict)
    outside: Collection[IssueId] = frozenset()
    ways: dict[int, Way] = field(default_factory=dict)
    unlinked: dict[int, dict[IssueId, Work]] = field(default_factory=dict)
    measured_at: dict[int, datetime | None] = field(default_factory=dict)

    def know(self, row: int, name: IssueId, told: Iterable[Any]) -> None:
        self.rows[name] = row
        self.mirror[name] = seen(*told)

    def way_of(self, key_result_id: int) -> Way:
        return self.ways.get(key_result_id, MEAN)


def in_batches(plan: Plan, found: Found) -> Iterator[Known]:
    """Of the key results whose numbers this run works out."""
    wanted = _wanted(plan)
    for at in range(0, len(wanted), BATCH):
        yield _know(wanted[at : at + BATCH], plan, found)


def _wanted(plan: Plan) -> Sequence[int]:
    if plan.key_results is not None:
        return plan.key_results
    links = JiraLink.objects
    rows = links.of_open() if plan.site == NO_SITE else links.to_read(plan.site)
    if plan.sparing:
        return stale(rows, plan)
    return list(rows.order_by("key_result").values_list("key_result", flat=True).distinct())


def _know(key_results: Sequence[int], plan: Plan, found: Found) -> Known:
    known = Known(ways=Measuring.objects.of_many(key_results))
    links = list(JiraLink.objects.filter(key_result__pk__among=key_results).values_list(*OF_LINK))
    counted = _know_counted(known, key_results)
    names = _know_linked(known, {row[4] for row in links if row[4]})
    for row in links:
        link = _link(row, names, counted)
        known.links[link.key_result_id].append(link)
    for edited in [pk for pk, own in known.links.items() if _edited(own, known.way_of(pk), plan)]:
        del known.links[edited]
    _know_found(known, plan, found)
    _know_unlinked(known, key_results)
    _know_mixed(known)
    known.outside = plan.outside if plan.outside is not None else _outside(known)
    return known


def _know_counted(known: Known, key_results: Sequence[int]) -> Mapping[int, dict[IssueId, Work]]:
    """As what each issue counted, by its link."""
    counted: dict[int, dict[IssueId, Work]] = defaultdict(dict)
    sized = any(way.fields for way in known.ways.values())
    of_issue = [f"issue__{column}" for column in (*NAME, *(MIRROR if sized else UNSIZED))]
    rows = LinkedIssue.objects.filter(link__key_result__pk__among=key_results)
    for link_id, issue_id, *row in rows.values_list("link_id", "issue_id", *AS_COUNTED, *of_issue):
        name = IssueId(*row[4:6])
        if name not in known.rows:
            known.know(issue_id, name, row[6:] if sized else (*row[6:], {}))
        counted[link_id][name] = work(name, *row[:4])
    return counted


def _know_linked(known: Known, rows: set[int]) -> dict[int, IssueId]:
    """The names of what is linked; what never counted is not known yet."""
    names = {row: name for name, row in known.rows.items()}
    if new := rows - names.keys():
        _know_rows(known, JiraIssue.objects.filter(pk__among=new))
        names = {row: name for name, row in known.rows.items()}
    return names


def _know_rows(known: Known, issues: QuerySet[JiraIssue]) -> None:
    for row, site, number, *told in issues.values_list("pk", *NAME, *MIRROR):
        known.know(row, IssueId(site, number), told)


def _link(
    row: tuple[Any, ...],
    names: Mapping[int, IssueId],
    counted: Mapping[int, dict[IssueId, Work]],
) -> PlannedLink:
    pk, key_result_id, site, kind, issue_id, jql, weight, depth, *told = row
    issue, below = names.get(issue_id), kind == LinkKind.CHILDREN
    return PlannedLink(
        id=pk,
        key_result_id=key_result_id,
        site=site,
        issue=issue if kind == LinkKind.ISSUE else None,
        jql=jql,
        weight=weight,
        top=Top(issue.number, depth or 0) if issue and below else None,
        requeried=told[0],
        failure_code=told[1],
        read_at=told[2],
        counted=counted.get(pk, {}),
    )


def _edited(links: list[PlannedLink], way: Way, plan: Plan) -> bool:
    """Whether it was linked or measured otherwise after the plan was made, so that something was
    not read: it waits for the run that this change asked for."""
    own = [link for link in links if link.site == plan.site]
    unread = any(link.read_at is None and link.id not in plan.noted for link in own)
    return unread or not set(fields_named([way], plan.site)) <= set(plan.numbers)


def _know_found(known: Known, plan: Plan, found: Found) -> None:
    """What the searches of these links found and no link counted until now."""
    searches = {link.search for links in known.links.values() for link in links if link.search}
    answers = (found.queries.get(search, ()) for search in searches)
    numbers = {number for answer in answers for number in answer}
    new = [number for number in numbers if IssueId(plan.site, number) not in known.rows]
    if new:
        _know_rows(known, JiraIssue.objects.filter(connection=plan.site, jira_id__among=new))


def _know_unlinked(known: Known, key_results: Sequence[int]) -> None:
    of_issue = [f"issue__{column}" for column in NAME]
    gone = Unlinked.objects.filter(key_result__pk__among=key_results)
    for key_result_id, *row in gone.values_list("key_result_id", *AS_COUNTED, *of_issue):
        name = IssueId(*row[4:6])
        known.unlinked.setdefault(key_result_id, {})[name] = work(name, *row[:4])


def _know_mixed(known: Known) -> None:
    mixed = [pk for pk, links in known.links.items() if len({link.site for link in links}) > 1]
    if mixed:
        measured = KeyResult.objects.filter(pk__in=mixed).values_list("pk", "measured_at")
        known.measured_at.update(measured)


def _outside(known: Known) -> Collection[IssueId]:
    rows = outside().filter(pk__among=known.rows.values())
    return frozenset(IssueId(*name) for name in rows.values_list(*NAME))
