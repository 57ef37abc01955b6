"""Fills the core's search: a linked issue's key or summary finds the key result it counts for."""

from collections.abc import Sequence
from itertools import chain

from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse

from jira_integration.models import IntegrationSettings, JiraIssue, JiraLink, LinkedIssue, outside
from jira_integration.sites import are_several
from okr.access import person_of
from okr.models import KeyResult, Person
from okr.models.holding import holding
from okr.slots import Hit, fill

KEY_OR_SUMMARY = (("pk", "key__begins"), ("pk", "summary__holds"))
MOST = 5
MOST_ISSUES = 1_000
GROUP = "Key results by Jira issue"
Issue = tuple[str, str, str]
"""Its key, its summary and the name of its site."""
Found = tuple[int, str, object, int]
"""A key result's id, title and the closing of its cycle; the id of an issue."""


@fill("search.hits")
def hits(request: HttpRequest, words: Sequence[str]) -> list[Hit]:
    """Nothing without Jira access, and nothing of a key result that the person may not see."""
    person = person_of(request)
    if not IntegrationSettings.load().may_link(person):
        return []
    issues = _issues(words)
    if not issues:
        return []
    read = LinkedIssue.objects.filter(issue__in=issues)
    inside = JiraLink.objects.filter(issue__in=issues).exclude(issue__in=outside())
    exact = [pk for pk, (key, *_) in issues.items() if key.lower() == " ".join(words).lower()]
    both = (
        _found(read, "link__key_result", person, exact),
        _found(inside, "key_result", person, exact),
    )
    found = list(dict.fromkeys(chain(*both)))[:MOST]
    named = bool(found) and are_several()
    return [_hit(each, issues[each[-1]], named=named) for each in found]


def _issues(words: Sequence[str]) -> dict[int, Issue]:
    """By their ids, one whose key is the words first; of very many the newest.

    They are read by themselves: beside all that says who may see a key result, PostgreSQL would
    take them last.
    """
    is_key = Case(When(key__iexact=" ".join(words), then=0), default=1)
    found = holding(JiraIssue.objects.all(), KEY_OR_SUMMARY, words).order_by(is_key, "-pk")
    rows = found.values_list("pk", "key", "summary", "connection__name")[:MOST_ISSUES]
    return {pk: (key, summary, site) for pk, key, summary, site in rows}


def _found(
    rows: QuerySet[LinkedIssue] | QuerySet[JiraLink],
    key_result: str,
    person: Person,
    exact: Sequence[int],
) -> list[Found]:
    """An issue whose key is the words stands first, then those of running cycles."""
    closed_at = f"{key_result}__objective__cycle__closed_at"
    seen = KeyResult.objects.visible_to(person).values("pk")
    found = rows.filter(Q((f"{key_result}__in", seen)))
    is_key = [Case(When(issue__in=exact, then=0), default=1)] if exact else []
    in_order = found.order_by(*is_key, F(closed_at).asc(nulls_first=True), "issue", "pk")
    return list(in_order.values_list(key_result, f"{key_result}__title", closed_at, "issue")[:MOST])


def _hit(found: Found, issue: Issue, *, named: bool) -> Hit:
    pk, title, closed_at, _ = found
    key, summary, site = issue
    return Hit(
        title=title,
        url=reverse("okr:key_result", args=[pk]),
        note=f"{key} {summary}, {site}" if named else f"{key} {summary}",
        icon="square-check",
        closed=closed_at is not None,
        under=GROUP,
        pk=pk,
    )
