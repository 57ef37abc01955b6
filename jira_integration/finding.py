"""Fills the core's search: a linked issue's key or summary finds the key result it counts for."""

from collections.abc import Sequence

from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse

from jira_integration.models import IntegrationSettings, JiraLink, LinkedIssue, outside
from jira_integration.sites import are_several
from okr.access import person_of
from okr.models import KeyResult, Person
from okr.slots import Hit, fill

MOST = 5
GROUP = "Key results by Jira issue"
Found = tuple[int, str, object, str, str, str]
"""A key result's id, title and the closing of its cycle; an issue's key, summary and site."""


@fill("search.hits")
def hits(request: HttpRequest, words: Sequence[str]) -> list[Hit]:
    """Nothing without Jira access, and nothing of a key result that the person may not see."""
    person = person_of(request)
    if not IntegrationSettings.load().may_link(person):
        return []
    read = _found(LinkedIssue.objects.all(), "link__key_result", person, words)
    inside = JiraLink.objects.exclude(issue__in=outside())
    linked = _found(inside, "key_result", person, words)
    found = list(dict.fromkeys([*read, *linked]))[:MOST]
    named = bool(found) and are_several()
    return [_hit(each, named=named) for each in found]


def _found(
    rows: QuerySet[LinkedIssue] | QuerySet[JiraLink],
    key_result: str,
    person: Person,
    words: Sequence[str],
) -> list[Found]:
    """An issue whose key is the words stands first, then those of running cycles."""
    wanted = Q()
    for word in words:
        wanted &= Q(issue__key__istartswith=word) | Q(issue__summary__icontains=word)
    closed_at = f"{key_result}__objective__cycle__closed_at"
    seen = KeyResult.objects.visible_to(person).values("pk")
    found = rows.filter(wanted, Q((f"{key_result}__in", seen)))
    is_key = Case(When(issue__key__iexact=" ".join(words), then=0), default=1)
    in_order = found.order_by(is_key, F(closed_at).asc(nulls_first=True), "issue__key", "pk")
    title, site = f"{key_result}__title", "issue__connection__name"
    shown = (key_result, title, closed_at, "issue__key", "issue__summary", site)
    return list(in_order.values_list(*shown)[:MOST])


def _hit(found: Found, *, named: bool) -> Hit:
    pk, title, closed_at, key, summary, site = found
    return Hit(
        title=title,
        url=reverse("okr:key_result", args=[pk]),
        note=f"{key} {summary}, {site}" if named else f"{key} {summary}",
        icon="square-check",
        closed=closed_at is not None,
        under=GROUP,
    )
