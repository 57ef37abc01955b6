"""What narrows the lists of objectives, key results and check-ins: the words of the pages."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework import serializers

from okr.api.asking import AskedOfRows, narrower
from okr.models import Confidence, Kind, Level, Unit, Visibility
from okr.models.approval import Approval
from okr.models.closure import unclosed
from okr.models.due import waiting
from okr.models.tag import tidy
from okr.pages.company import lowest_confidence
from okr.pages.filters import Filters
from okr.pages.units import at_home_in

NOBODY = "none"
JUDGED = (*Confidence.values, NOBODY)
WORDS = "Each of these words, in the title or in the name of its owner."
OF_UNIT = "The unit's own, and those of its people."
WITHIN = "A unit, with all units within it."
WAITING = "Whether its owner has to judge it now."
OPEN = "Whether it can still change: neither it nor its cycle is closed."
LOWEST = "The lowest of its key results; `none` where nobody has judged."


class AskedOfObjectives(AskedOfRows):
    q = serializers.CharField(required=False, help_text=WORDS)
    cycle, owner, parent = narrower(), narrower(), narrower()
    unit, within = narrower(help_text=OF_UNIT), narrower(help_text=WITHIN)
    level = serializers.ChoiceField(Level.values, required=False)
    visibility = serializers.ChoiceField(Visibility.values, required=False)
    approval = serializers.ChoiceField(Approval.values, required=False)
    tag = serializers.CharField(required=False, help_text="Its name.")
    confidence = serializers.ChoiceField(JUDGED, required=False, help_text=LOWEST)
    open = serializers.BooleanField(required=False, help_text=OPEN)

    narrows = {
        "q": lambda rows, words: Filters(query=words).apply(rows),
        "cycle": "cycle",
        "owner": "owner",
        "parent": "parent_seen",
        "unit": lambda rows, unit: rows.filter(at_home_in([unit])),
        "within": lambda rows, unit: rows.filter(at_home_in(_within(unit))),
        "level": "level",
        "visibility": "visibility",
        "approval": "approval",
        "tag": lambda rows, name: rows.filter(tags__key=tidy(name).casefold()),
        "confidence": lambda rows, level: _judged(
            rows.annotate(confidence=lowest_confidence()), level
        ),
        "open": lambda rows, wanted: _open(rows, wanted),
    }


class AskedOfKeyResults(AskedOfRows):
    q = serializers.CharField(required=False, help_text=WORDS)
    objective, cycle, owner = narrower(), narrower(), narrower()
    unit, within = narrower(help_text=OF_UNIT), narrower(help_text=WITHIN)
    kind = serializers.ChoiceField(Kind.values, required=False)
    confidence = serializers.ChoiceField(JUDGED, required=False, help_text="`none`: not judged.")
    tracked_by = serializers.CharField(required=False, help_text="The name of an integration.")
    open = serializers.BooleanField(required=False, help_text=OPEN)
    waiting = serializers.BooleanField(required=False, help_text=WAITING)

    narrows = {
        "q": lambda rows, words: _called(rows, words),
        "objective": "objective",
        "cycle": "objective__cycle",
        "owner": "owner",
        "unit": lambda rows, unit: rows.filter(at_home_in([unit], "objective")),
        "within": lambda rows, unit: rows.filter(at_home_in(_within(unit), "objective")),
        "kind": "kind",
        "confidence": lambda rows, level: _judged(rows, level),
        "tracked_by": "tracked_by",
        "open": lambda rows, wanted: _open(rows, wanted, "objective__"),
        "waiting": lambda rows, wanted: _waiting(rows, wanted),
    }


class AskedOfCheckIns(AskedOfRows):
    by, cycle, objective = narrower(), narrower(), narrower()
    unit, within = narrower(help_text=OF_UNIT), narrower(help_text=WITHIN)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    confidence = serializers.ChoiceField(Confidence.values, required=False)

    narrows = {
        "by": "by",
        "cycle": "key_result__objective__cycle",
        "objective": "key_result__objective",
        "unit": lambda rows, unit: rows.filter(at_home_in([unit], "key_result__objective")),
        "within": lambda rows, unit: rows.filter(
            at_home_in(_within(unit), "key_result__objective")
        ),
        "since": "at__gte",
        "until": "at__lte",
        "confidence": "confidence",
    }


def _within(unit: int) -> set[int]:
    return set(Unit.objects.within(unit).values_list("pk", flat=True))


def _judged(rows: QuerySet[Any], level: str) -> QuerySet[Any]:
    return rows.filter(confidence="" if level == NOBODY else level)


def _open(rows: QuerySet[Any], wanted: bool, way: str = "") -> QuerySet[Any]:
    is_open = unclosed(way) & Q((f"{way}cycle__closed_at", None))
    return rows.filter(is_open if wanted else ~is_open)


def _waiting(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    found = waiting(timezone.now())
    return rows.filter(found if wanted else ~found)


def _called(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(owner__name__icontains=word))
    return rows
