"""Numbers as people read them, and the sentence behind a number that is entered by hand."""

from decimal import Decimal
from functools import partial

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
        case Kind.MILESTONES:
            return shown(amount)
        case Kind.CURRENCY:
            return money(amount, key_result.measured_in)
        case _:
            return with_unit(amount, key_result.measured_in)


def with_unit(amount: Decimal, unit: str) -> str:
    return f"{number(amount)}{unit}" if unit == "%" else f"{number(amount)} {unit}".strip()


def money(amount: Decimal, currency: str) -> str:
    """A sign stands before the amount, a code or a word after it."""
    is_whole = amount == amount.to_integral_value()
    text = number(amount) if is_whole else f"{amount.quantize(CENTS):,f}".replace("-", "−")
    if len(currency) != 1 or currency.isalnum():
        return f"{text} {currency}".strip()
    return f"−{currency}{text[1:]}" if text.startswith("−") else f"{currency}{text}"


def way(key_result: KeyResult) -> str:
    """Where a key result stands and where it must get to.

    What feeds it gives a share, not a value: between start and target there is nothing to claim.
    """
    if key_result.is_milestones or key_result.is_threshold:
        return standing(key_result)
    current = value(key_result, key_result.current)
    target = value(key_result, key_result.target)
    if key_result.kind == Kind.YES_NO:
        return current
    if key_result.is_fed:
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
    if key_result.is_milestones:
        return _milestones_by_hand(key_result)
    if key_result.is_threshold:
        return _threshold_by_hand(key_result)
    if key_result.kind == Kind.YES_NO:
        return f"It is {way(key_result).lower()}, so {shown(key_result.progress)}."
    start = value(key_result, key_result.start)
    if key_result.measured_at is None:
        target = value(key_result, key_result.target)
        return f"No value has been entered yet. It starts at {start} and must reach {target}."
    told = partial(value, key_result) if key_result.kind == Kind.CURRENCY else number
    current, target = told(key_result.current), told(key_result.target)
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


def standing(key_result: KeyResult) -> str:
    """How a key result stands that has no way from a start to a target."""
    if key_result.is_milestones:
        steps = key_result.steps
        done = sum(step.is_done for step in steps)
        return f"{_of_milestones(done, len(steps))} done" if steps else "No milestones yet"
    if key_result.measured_at is None:
        return rule(key_result).capitalize()
    return f"{value(key_result, key_result.current)}, {rule(key_result)}"


def rule(key_result: KeyResult) -> str:
    side = "above" if key_result.kind == Kind.STAY_ABOVE else "below"
    return f"must stay at or {side} {value(key_result, key_result.target)}"


def against(key_result: KeyResult, expected: Decimal) -> str:
    """How far a key result is from where it should be; a threshold holds or is broken."""
    if not key_result.is_threshold or key_result.progress is None:
        return against_pace(key_result.progress, expected)
    return "Holds" if key_result.progress == WHOLE else "Broken"


def direction(key_result: KeyResult) -> str:
    """Which way its number must go; nothing where that says nothing."""
    if key_result.kind not in (Kind.PERCENT, Kind.NUMBER, Kind.CURRENCY):
        return ""
    return "rising" if key_result.target > key_result.start else "falling"


def _threshold_by_hand(key_result: KeyResult) -> str:
    if key_result.measured_at is None:
        return f"No value has been entered yet. It {rule(key_result)}."
    now = value(key_result, key_result.current)
    verdict = "it holds: 100%" if key_result.progress == WHOLE else "it is broken: 0%"
    return f"It stands at {now} and {rule(key_result)}, so {verdict}."


def _milestones_by_hand(key_result: KeyResult) -> str:
    steps = key_result.steps
    if not steps:
        return "No milestones have been planned yet."
    whole = sum((step.weight for step in steps), NONE)
    if not whole:
        return "Its milestones all have the weight 0, so none of them counts."
    done = [step for step in steps if step.is_done]
    is_one = 1 in (len(done), len(steps))
    counted = f"{_of_milestones(len(done), len(steps))} {'is' if is_one else 'are'} done"
    if len({step.weight for step in steps}) == 1:
        return f"{counted}, so {shown(key_result.progress)}."
    reached = number(sum((step.weight for step in done), NONE))
    division = f"{reached} ÷ {number(whole)} = {shown(key_result.progress)}"
    return f"{counted}. By weight that is {division}."


def _of_milestones(done: int, planned: int) -> str:
    return f"{done} of {planned} milestone{'' if planned == 1 else 's'}"
