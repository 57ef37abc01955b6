"""How the progress of an objective follows from its parts, to the last tenth of a point."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from okr.models import KeyResult, Objective, parts_of
from okr.pages.rows import Row
from okr.progress import NONE, Part

TENTH = Decimal("0.1")
WITHHELD = "Parts that are not shown to you"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part of an objective; `points` is None where it does not count."""

    name: str
    part: KeyResult | Objective | None
    progress: Decimal | None
    weight: Decimal | None
    share: Decimal | None
    points: Decimal | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    contributions: list[Contribution]
    total: Decimal | None


def explain(objective: Objective, rows: Sequence[Row], aligned: Iterable[Objective]) -> Explanation:
    """The parts with what each brings in; the points add up to the total.

    What the reader may not see counts too: it is one line without name, number or weight. What was
    assigned from a key result counts through that.
    """
    sources = {row.key_result: row.source_name for row in rows}
    named: list[KeyResult | Objective] = [row.key_result for row in rows]
    named += [each for each in aligned if not each.assigned_from_id]
    seen = [_as_part(row, objective) for row in named]
    counted = [part for part in parts_of({objective.pk})[objective.pk] if _counts(part)]
    whole = sum((part.weight for part in counted), NONE)
    exact = [_points(part, whole) for part in seen]
    if sum(map(_counts, seen)) < len(counted):
        exact.append(_withheld(seen, counted, whole))
    total = (
        None if objective.progress is None else objective.progress.quantize(TENTH, ROUND_HALF_UP)
    )
    tenths = in_tenths(exact, total)
    lines = [
        _line(row, part, whole, points, sources)
        for row, part, points in zip(named, seen, tenths, strict=False)
    ]
    if len(tenths) > len(seen):
        lines.append(Contribution(WITHHELD, None, None, None, None, tenths[-1]))
    return Explanation(lines, total)


def _line(
    row: KeyResult | Objective,
    part: Part,
    whole: Decimal,
    points: Decimal | None,
    sources: Mapping[KeyResult, str],
) -> Contribution:
    source = sources[row] if isinstance(row, KeyResult) else "Rolled up"
    share = _share(part, whole)
    return Contribution(row.title, row, part.progress, row.weight, share, points, source)


def in_tenths(exact: Sequence[Decimal | None], total: Decimal | None) -> list[Decimal | None]:
    """Rounds to tenths so that the sum is the total: the largest remainders are rounded up."""
    rounded = [None if each is None else each.quantize(TENTH, ROUND_DOWN) for each in exact]
    missing = (total or NONE) - sum((each for each in rounded if each is not None), NONE)
    by_remainder = sorted(
        ((each % TENTH, -place) for place, each in enumerate(exact) if each), reverse=True
    )
    for _, place in by_remainder[: int(missing / TENTH)]:
        rounded[-place] = (rounded[-place] or NONE) + TENTH
    return rounded


def _as_part(row: KeyResult | Objective, above: Objective) -> Part:
    counts = isinstance(row, KeyResult) or row.moves(above)
    return Part(row.progress, row.weight if counts else NONE)


def _counts(part: Part) -> bool:
    return part.progress is not None and part.weight > 0


def _points(part: Part, whole: Decimal) -> Decimal | None:
    return (part.progress or NONE) * part.weight / whole if _counts(part) else None


def _share(part: Part, whole: Decimal) -> Decimal | None:
    """The part of the whole weight that this one has, in percent."""
    return part.weight * 100 / whole if _counts(part) else None


def _withheld(seen: Sequence[Part], counted: Sequence[Part], whole: Decimal) -> Decimal:
    """The points of what counts without being shown."""
    everything = sum((_points(part, whole) or NONE for part in counted), NONE)
    return everything - sum((_points(part, whole) or NONE for part in seen), NONE)
