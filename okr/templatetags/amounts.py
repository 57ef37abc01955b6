"""Filters that write the numbers of key results and objectives."""

from decimal import Decimal

from django.template import Library

from okr import heat
from okr.models import KeyResult, Kind
from okr.models.template import Measure
from okr.pages import words

register = Library()

register.filter("number", words.number)
register.filter("value", words.value)
register.filter("way", words.way)
register.filter("against_pace", words.against_pace)
register.filter("rule", words.rule)
register.filter("direction", words.direction)
register.filter("signed", heat.signed)


@register.filter
def tenths(percent: Decimal | None) -> str:
    return "–" if percent is None else f"{percent:.1f}"


@register.filter
def measured(measure: Measure) -> str:
    """How a key result of a template is measured: 9 → 2 hours, Yes / no, Stay above 99.9 %."""
    kind = Kind(measure.kind)
    if kind == Kind.YES_NO:
        return str(kind.label)
    if measure.is_threshold:
        return f"{kind.label} {words.number(measure.target)} {measure.measured_in}".strip()
    like = KeyResult(kind=kind, measured_in=measure.measured_in, target=measure.target)
    start = words.number(measure.start) if kind == Kind.NUMBER else words.value(like, measure.start)
    return f"{start} → {words.value(like, measure.target)}"
