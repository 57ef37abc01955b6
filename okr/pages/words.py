"""Numbers as people read them, and the sentence behind a number that is entered by hand."""

from decimal import Decimal

from okr.models import KeyResult, Kind
from okr.progress import NONE, WHOLE, gap, points, shown

CENTS = Decimal("0.01")


def number(value: Decimal) -> str:
    """Thousands separated, no trailing zeros, a true minus sign: 1,234.5."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def value(key_result: KeyResult, amount: Decimal) -> str:
    """An amount with the unit of its key result: 51.2%, €1,250, 9 days, Done."""
    match key_result.kind:
        case Kind.YES_NO:
            return "Done" if amount >= key_result.target else "Not done yet"
        case Kind.PERCENT:
            return f"{number(amount)}%"
        case Kind.CURRENCY:
            return money(amount, key_result.measured_in)
        case _:
            return f"{number(amount)} {key_result.measured_in}".strip()


def money(amount: Decimal, currency: str) -> str:
    """A sign stands before the amount, a code or a word after it."""
    is_whole = amount == amount.to_integral_value()
    text = number(amount) if is_whole else f"{amount.quantize(CENTS):,f}".replace("-", "−")
    if len(currency) != 1 or currency.isalnum():
        return f"{text} {currency}".strip()
    return f"−{currency}{text[1:]}" if text.startswith("−") else f"{currency}{text}"


def way(key_result: KeyResult) -> str:
    """Where a key result stands and where it must get to.

    An integration reads a share, not a value: between start and target there is nothing to claim.
    """
    current = value(key_result, key_result.current)
    target = value(key_result, key_result.target)
    if key_result.kind == Kind.YES_NO:
        return current
    if key_result.tracked_by:
        return f"Target {target}"
    if key_result.current == key_result.target:
        return f"Target {target} reached"
    if key_result.kind == Kind.NUMBER:
        current = number(key_result.current)
    reached = key_result.progress == WHOLE
    return f"{current}, target {target} reached" if reached else f"{current} → {target}"


def against_pace(progress: Decimal | None, expected: Decimal) -> str:
    """How far a progress is from where the calendar expects it."""
    if progress is None:
        return "Not measured yet"
    distance = points(gap(progress, expected))
    if distance == 0:
        return "On pace"
    plural = "" if abs(distance) == 1 else "s"
    return f"{abs(distance)} point{plural} {'ahead of' if distance > 0 else 'behind'} pace"


def by_hand(key_result: KeyResult) -> str:
    """Why a key result that a person moves stands where it stands."""
    if key_result.kind == Kind.YES_NO:
        return f"It is {way(key_result).lower()}, so {shown(key_result.progress)}."
    start = value(key_result, key_result.start)
    if key_result.measured_at is None:
        target = value(key_result, key_result.target)
        return f"No value has been entered yet. It starts at {start} and must reach {target}."
    current, target = number(key_result.current), number(key_result.target)
    return (
        f"It started at {start}, stands at {current} and must reach {target},"
        f" so {_division(key_result)}{_bounded(key_result)}."
    )


def _division(key_result: KeyResult) -> str:
    """The arithmetic, written so that the way to go is positive."""
    start, current, target = map(number, (key_result.start, key_result.current, key_result.target))
    if key_result.target > key_result.start:
        way_made, way_to_go = f"({current} − {start})", f"({target} − {start})"
    else:
        way_made, way_to_go = f"({start} − {current})", f"({start} − {target})"
    return f"{way_made} ÷ {way_to_go} = {shown(key_result.progress)}"


def _bounded(key_result: KeyResult) -> str:
    start, current, target = key_result.start, key_result.current, key_result.target
    if key_result.progress == WHOLE and current != target:
        return ": past the target, which counts as the whole way"
    if key_result.progress == NONE and current != start:
        return ": behind the start, which counts as nothing"
    return ""
