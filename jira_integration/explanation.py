"""Numbers of Jira in words: the sum behind a percentage, categories, counts and tenths."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from jira_integration.calculation import ORDER, Category, Measure, Method

NAMES = {
    Category.DONE: "Done",
    Category.INDETERMINATE: "In Progress",
    Category.NEW: "To Do",
    Category.UNDEFINED: "To Do",
}
SHAPES = {
    Category.DONE: "●",
    Category.INDETERMINATE: "◐",
    Category.NEW: "○",
    Category.UNDEFINED: "○",
}
TENTH = Decimal("0.1")
HOURS = "(h)"
"""How the name of a field ends that is a time."""


def sum_told(
    weights: Mapping[Category, Fraction], counts: Mapping[Category, int], method: Method
) -> str:
    """(7 Done × 100 + 2 In Progress × 50 + 4 To Do × 0) ÷ 13 issues, or 7 Done of 20 wanted."""
    if method.measure.is_mapped:
        return _mapped_told(weights.get(Category.DONE, Fraction(0)), method)
    terms = [
        f"{figure(weights[category])} {NAMES[category]} × {method.scale.counts_as(category)}"
        for category in ORDER
        if counts.get(category)
    ]
    added = f"({' + '.join(terms)})" if len(terms) > 1 else " + ".join(terms)
    return f"{added} ÷ {_total_told(weights, counts, method)}"


def _mapped_told(done: Fraction, method: Method) -> str:
    """12 h Done of 40 h wanted, from 0."""
    unit = method.sized_by if method.measure is Measure.SUM else ""
    wanted = amount(method.target, unit)
    return f"{amount(done, unit)} Done of {wanted} wanted, from {figure(method.start)}"


def _total_told(
    weights: Mapping[Category, Fraction], counts: Mapping[Category, int], method: Method
) -> str:
    """13 issues, 41 Story Points, or 17 by weight."""
    total, number = sum(weights.values(), Fraction(0)), sum(counts.values())
    if method.is_sized:
        return amount(total, method.sized_by)
    return issues_counted(number) if total == number else f"{figure(total)} by weight"


def figure(exact: Fraction) -> str:
    """13, 2.5 and 0.33: as short as it can be told."""
    hundredths = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"))
    return f"{hundredths:f}".rstrip("0").rstrip(".")


def amount(exact: Fraction, unit: str) -> str:
    """7, 7 Story points, and 7 h of a field that is a time."""
    return f"{figure(exact)} {'h' if unit.endswith(HOURS) else unit}".rstrip()


def in_tenths(exact: Sequence[Fraction], total: Decimal | None = None) -> list[Decimal]:
    """Rounded so that they add up to the rounded total: the largest remainders are rounded up.

    `total` is that total where it is rounded otherwise: a difference of two rounded numbers.
    """
    rounded = [tenth(each, ROUND_FLOOR) for each in exact]
    total = tenth(sum(exact, Fraction(0))) if total is None else total
    missing = total - sum(rounded, Decimal(0))
    by_remainder = sorted(range(len(exact)), key=lambda place: -((exact[place] * 10) % 1))
    for place in by_remainder[: int(missing / TENTH)]:
        rounded[place] += TENTH
    return rounded


def tenth(exact: Fraction, rounding: str = ROUND_HALF_UP) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(TENTH, rounding)


def plain(points: Decimal) -> str:
    """61.5, and 50 rather than 50.0."""
    return str(points).removesuffix(".0")


def issues_counted(number: int, kind: str = "") -> str:
    return f"{number:,} {kind}issue{'' if number == 1 else 's'}"


def issues_told(counts: Mapping[Category, int], kind: str = "") -> str:
    """13 issues: 7 Done, 2 In Progress, 4 To Do."""
    parts = [f"{counts[category]:,} {NAMES[category]}" for category in ORDER if counts[category]]
    return f"{issues_counted(sum(counts.values()), kind)}: {', '.join(parts)}" if parts else ""
