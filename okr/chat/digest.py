"""How check-ins stand in the company or a unit, as everybody here may see it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from okr.chat.wording import Line, Message
from okr.models import CheckIn, Confidence, Cycle, KeyResult, Unit
from okr.models.due import waiting
from okr.models.policy import open_to_all
from okr.pages.units import at_home_in

WEEK = timedelta(days=7)
MOST_NAMED = 10
WORRYING = (Confidence.OFF_TRACK, Confidence.AT_RISK)


@dataclass(frozen=True, slots=True)
class Stand:
    """Numbers of one cycle; `named` are those that are at risk or off track."""

    cycle: Cycle
    confidences: Counter[str]
    said: int
    due: int
    named: list[KeyResult]

    @property
    def sentences(self) -> list[str]:
        total = sum(self.confidences.values())
        judged = [f"{self.confidences[word]} {word.label.lower()}" for word in Confidence]
        missing = total - sum(self.confidences[word] for word in Confidence)
        told = ", ".join([*judged, f"{missing} not judged yet"])
        return [
            f"{counted(total, 'key result')}: {told}.",
            f"{counted(self.said, 'check-in')} in the last seven days; "
            f"{counted(self.due, 'key result')} waiting for one.",
        ]


def stand_of(unit: Unit | None, cycle: Cycle, now: datetime) -> Stand:
    """In five queries, whatever the size."""
    rows = KeyResult.objects.filter(
        within(unit), open_to_all("objective__"), objective__cycle=cycle
    )
    by_word = rows.order_by().values_list("confidence").annotate(Count("pk"))
    worrying = rows.filter(confidence__in=WORRYING).select_related("owner")
    said = CheckIn.objects.standing().filter(key_result__in=rows.order_by(), at__gt=now - WEEK)
    return Stand(
        cycle=cycle,
        confidences=Counter(dict(by_word)),
        said=said.count(),
        due=rows.filter(waiting(now)).count(),
        named=list(worrying.order_by("-confidence", "title", "pk")[:MOST_NAMED]),
    )


def digest_of(unit: Unit | None, stand: Stand) -> Message:
    return Message(
        heading=f"Check-ins of {unit or 'the company'}, {stand.cycle}",
        sentences=stand.sentences,
        lines=[_line(each) for each in stand.named],
        url=place_of(unit),
        label=f"Open {settings.PRODUCT_NAME}",
    )


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def within(unit: Unit | None) -> Q:
    """Key results of the unit and all within it; of the company all there are."""
    if unit is None:
        return Q()
    units = set(Unit.objects.within(unit.pk).values_list("pk", flat=True))
    return at_home_in(units, "objective")


def place_of(unit: Unit | None) -> str:
    place = reverse("okr:team", args=[unit.slug]) if unit else reverse("okr:company")
    return f"{settings.PUBLIC_ADDRESS}{place}"


def _line(key_result: KeyResult) -> Line:
    url = settings.PUBLIC_ADDRESS + reverse("okr:key_result", args=[key_result.pk])
    words = f"{key_result.get_confidence_display()}, {key_result.owner}"
    return Line(key_result.title, url, words)
