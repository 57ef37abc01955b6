"""Filters that write the numbers of key results and objectives."""

from decimal import Decimal

from django.template import Library

from okr import heat
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
