"""What OpenAPI says of our kinds of body and field, so that it promises neither more nor less."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.validators import MinValueValidator
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.utils import OpenApiParameter

from okr.api.scopes import needed
from okr.api.shapes import Plain

REQUEST, NOT_BLANK = "request", r"[^\s\u001c-\u001f\u0085]"

WHOLE_FILE = 100_000
"""Text of this length is not looked at by a pattern."""
CENTURY = "^20"
"""No date that is looked for is earlier than 2000, or later than 2100."""


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "okr.api.signing_in.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer"}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """With the scope that the token needs."""
        return {self.name: [needed(auto_schema.view, auto_schema.method)]}


class BodyWords(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """What a body does not know is refused."""

    target_class = "okr.api.shapes.Body"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        return _described(auto_schema, self.target, direction)


class ShapeWords(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Nothing is certain to be told, as fewer fields may be asked for; and nothing else is."""

    target_class = "okr.api.shapes.Plain"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Any:
        told = _described(auto_schema, self.target, direction)
        told.pop("required", None)
        return told


class ChoiceWords(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A choice that a row may have left open is told as empty."""

    target_class = "rest_framework.fields.ChoiceField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:
        field = self.target
        told = _without_null(auto_schema, field, direction)
        if direction != REQUEST and _may_be_blank(field) and "" not in told["enum"]:
            told["enum"] = [*told["enum"], ""]
        return told


class TextWords(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Blanks alone are nothing."""

    target_class = "rest_framework.fields.CharField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:
        told = _without_null(auto_schema, self.target, direction)
        field = self.target
        is_whole_file = (field.max_length or 0) >= WHOLE_FILE
        wanted = direction == REQUEST and field.trim_whitespace and not field.allow_blank
        return {**told, "pattern": NOT_BLANK} if wanted and not is_whole_file else told


class DateWords(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """From the year on from which dates are taken."""

    target_class = "rest_framework.fields.DateField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:
        told = _without_null(auto_schema, self.target, direction)
        if any(isinstance(each, MinValueValidator) for each in self.target.validators):
            told["pattern"] = CENTURY
        return told


class NumberWords(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Told as text with all its decimals."""

    target_class = "rest_framework.fields.DecimalField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:  # noqa: ARG002
        return {"type": "string", "format": "decimal", "pattern": _digits(self.target)}


class AmountWords(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Taken as text or as a number of JSON."""

    target_class = "okr.api.amounts.Amount"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Any:  # noqa: ARG002
        field = self.target
        most = _most(field)
        return {
            "type": ["string", "number"],
            "pattern": _digits(field),
            "minimum": -most if field.min_value is None else float(field.min_value),
            "maximum": most if field.max_value is None else float(field.max_value),
        }


def _described(auto_schema: Any, serializer: Any, direction: Any) -> dict[str, Any]:
    """In its own words only, not in those of a class above it."""
    told = auto_schema._map_serializer(serializer, direction, bypass_extensions=True)
    told.pop("description", None)
    words = " ".join((vars(type(serializer)).get("__doc__") or "").split())
    return {**told, **({"description": words} if words else {}), "additionalProperties": False}


def _without_null(auto_schema: Any, field: Any, direction: Any) -> Any:
    """As it is described usually; that it may be null is added to what an extension says."""
    told = dict(auto_schema._map_serializer_field(field, direction, bypass_extensions=True))
    if isinstance(told.get("type"), list):
        [told["type"]] = (kind for kind in told["type"] if kind != "null")
    return told


def _may_be_blank(field: Any) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    try:
        return bool(model and model._meta.get_field(field.source).blank)
    except FieldDoesNotExist:
        return False


def _most(field: Any) -> float:
    """The greatest number of JSON with no more digits before and behind the point."""
    whole = 10 ** (field.max_digits - field.decimal_places)
    exact = whole - Decimal(10) ** -field.decimal_places
    return float(exact) if Decimal(float(exact)) <= exact else whole - 1


def _digits(field: Any) -> str:
    if (field.min_value, field.max_value) == (0, 1):
        return rf"^(0(\.[0-9]{{1,{field.decimal_places}}})?|1(\.0{{1,{field.decimal_places}}})?)$"
    sign = "" if field.min_value is not None and field.min_value >= 0 else "-?"
    whole = field.max_digits - field.decimal_places
    return rf"^{sign}[0-9]{{1,{whole}}}(\.[0-9]{{1,{field.decimal_places}}})?$"


def fields_of(shape: type[Plain]) -> OpenApiParameter:
    """The question for some of the fields only: `?fields=id,title`."""
    names = list(shape().fields)
    return OpenApiParameter(
        "fields",
        {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
        style="form",
        explode=False,
        description="Between commas; the others are left out.",
    )


def plain(result: Any, **_: Any) -> Any:
    """Choices stand where they are chosen from; a name for each of them would have to be unique."""
    if isinstance(result, dict):
        return {name: plain(each) for name, each in result.items() if name != "x-spec-enum-id"}
    return [plain(each) for each in result] if isinstance(result, list) else result
