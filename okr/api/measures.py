"""The key results that a template begins with: how they are told, taken and named when wrong."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from rest_framework import serializers

from okr.api.amounts import Amount
from okr.api.problems import FAULTY, Problem
from okr.api.shapes import Body
from okr.forms.measures import KINDS, MeasureRows
from okr.models import Kind
from okr.models.template import MOST_MEASURES, Measure

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}
NAMES = ("title", "kind", "start", "target", "measured_in")


class MeasureShape(serializers.Serializer):  # type: ignore[type-arg]
    title = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    start = serializers.DecimalField(**NUMBER)
    target = serializers.DecimalField(**NUMBER)
    measured_in = serializers.CharField(allow_blank=True)


class MeasureBody(Body):
    """What does not fit its kind is not asked for, as the start of a threshold."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(KINDS, default=Kind.PERCENT)
    start = Amount(default=Decimal(0), **NUMBER)
    target = Amount(default=Decimal(100), **NUMBER)
    measured_in = serializers.CharField(required=False, allow_blank=True, max_length=20)


def measures_field() -> Any:
    return serializers.ListField(child=MeasureBody(), required=False, max_length=MOST_MEASURES)


def of_measures(measures: Iterable[Measure]) -> dict[str, Any]:
    """As the boxes of a form hold them."""
    return _boxes([{name: getattr(each, name) for name in NAMES} for each in measures])


def with_rows(values: dict[str, Any]) -> dict[str, Any]:
    """What a body says, with its key results as the boxes of a form."""
    rows = values.pop("key_results", None)
    return values if rows is None else values | _boxes(rows)


def refuse_faulty(rows: MeasureRows) -> None:
    """Raises a Problem that names each field by its way in the body."""
    if not rows.is_valid():
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, _faults(rows))


def _boxes(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "measures-TOTAL_FORMS": len(rows),
        "measures-INITIAL_FORMS": len(rows),
    }
    for place, row in enumerate(rows):
        sent |= {f"measures-{place}-{name}": value for name, value in row.items()}
    return sent


def _faults(rows: MeasureRows) -> list[dict[str, str]]:
    return [
        {"field": f"key_results.{place}.{name}", "message": str(message)}
        for place, row in enumerate(rows.forms)
        for name, messages in row.errors.items()
        for message in messages
    ]
