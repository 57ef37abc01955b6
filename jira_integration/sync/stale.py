"""Which numbers a reading has to work out: those where something is not as it last counted.

Asked of the database in one go, once the mirror is written, so that it costs nothing by the key
result where nothing moved. It decides no number; whatever it names is worked out by the formula.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Q, Sum, When
from django.db.models.functions import Abs

from jira_integration.calculation import Category, Scale
from jira_integration.models import SOURCE, LinkKind, Measuring, Unlinked
from jira_integration.models.link import JiraLinkQuerySet
from jira_integration.sync.planned import Plan

COUNTING = Q(linked__left_out=False)
HALF_A_PLACE = Decimal("0.00006")
"""More than what rounding takes from a number that is kept to four places."""


def stale(links: JiraLinkQuerySet, plan: Plan) -> list[int]:
    """Key results of these links: what is chosen, searched or was unlinked is always among them."""
    links = links.filter(key_result__tracked_by=SOURCE).order_by()
    chosen, unlinked = (rows.values("key_result") for rows in (Measuring.objects, Unlinked.objects))
    always = links.filter(
        ~Q(kind=LinkKind.ISSUE) | Q(key_result__in=chosen) | Q(key_result__in=unlinked)
    )
    moved = (
        links.values("key_result")
        .annotate(
            uncounted=Count("pk", filter=Q(linked=None)),
            otherwise=Count("pk", filter=_counts_otherwise(plan.left_out)),
            whole=Sum("linked__weight", filter=COUNTING),
            off=Abs(
                F("key_result__progress") * F("whole") - Sum(_worth(plan.scale), filter=COUNTING)
            ),
        )
        .filter(
            Q(uncounted__gt=0)
            | Q(otherwise__gt=0)
            | Q(key_result__progress=None)
            | Q(off__gt=HALF_A_PLACE * F("whole"))
        )
    )
    found = {pk for rows in (always, moved) for pk in rows.values_list("key_result", flat=True)}
    return sorted(found)


def _counts_otherwise(left_out: Mapping[int, frozenset[str]]) -> Q:
    """By its category or its weight, or because its resolution is left out now, or no longer."""
    same = Q(linked__category=F("linked__issue__category"), linked__weight=F("weight"))
    if not left_out:
        return ~same | Q(linked__left_out=True)
    chosen = Q()
    for site, ids in left_out.items():
        chosen |= Q(connection=site, linked__issue__resolution_id__in=sorted(ids))
    out = Q(linked__issue__category=Category.DONE) & chosen
    return ~same | (Q(linked__left_out=True) & ~out) | (Q(linked__left_out=False) & out)


def _worth(scale: Scale) -> Case:
    """What an issue gives to the sum, as far as its key result is the mean of the percentages."""
    whens = [
        When(linked__category=category, then=F("linked__weight") * scale.counts_as(category))
        for category in Category
    ]
    return Case(*whens, output_field=DecimalField(max_digits=30, decimal_places=6))
