"""How JSON is told and taken: what a body does not know is refused, not passed over."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

NOT_KNOWN = "There is no such field here."
WRONG_TYPE = "This is of another type than the field."
MISSING = "This field is required."
NO_OBJECT = "Send a JSON object."


class Body(serializers.Serializer):  # type: ignore[type-arg]
    """What somebody sends. In a PATCH it holds only what was sent."""

    def to_internal_value(self, data: Any) -> Any:
        if self.parent is not None and getattr(self.root, "partial", False):
            return self._whole(data)
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"non_field_errors": [NO_OBJECT]})
        if unknown := sorted(map(str, data.keys() - self.fields.keys())):
            raise serializers.ValidationError({name: [NOT_KNOWN] for name in unknown})
        if wrong := [way for name, value in data.items() for way in self._wrong(name, value)]:
            raise serializers.ValidationError({way: [WRONG_TYPE] for way in wrong})
        return super().to_internal_value(data if self.parent is None else self._completed(data))

    def _completed(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """What stands within a body is whole in a PATCH too, which leaves out whole fields only."""
        absent = {name: each for name, each in self.fields.items() if name not in data}
        if missing := [name for name, each in absent.items() if each.required]:
            raise serializers.ValidationError({name: [MISSING] for name in missing})
        usual = {name: each.default for name, each in absent.items() if each.default is not empty}
        return usual | dict(data)

    def _whole(self, data: Any) -> Any:
        """A change may leave out fields, but what stands within one is taken whole."""
        alone = type(self)(data=data)
        alone.is_valid(raise_exception=True)
        return alone.validated_data

    def _wrong(self, name: str, value: Any) -> Iterable[str]:
        return wrong_types(self.fields[name], value, name)


def wrong_types(field: Any, value: Any, way: str) -> Iterator[str]:
    """The ways to what is not of JSON's own type: no number in quotes, no word that means true."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        for place, each in enumerate(value):
            yield from wrong_types(field.child, each, f"{way}.{place}")
    elif value is not None and not _fits(field, value):
        yield way


def _fits(field: Any, value: Any) -> bool:
    return next((fits(field, value) for kind, fits in TYPES if isinstance(field, kind)), True)


def _chosen(field: Any, value: Any) -> bool:
    return type(value) in {type(each) for each in field.choices}


def _whole(_: Any, value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


TYPES: tuple[tuple[type[Any], Callable[[Any, Any], bool]], ...] = (
    (serializers.BooleanField, lambda _, value: isinstance(value, bool)),
    (serializers.IntegerField, _whole),
    (serializers.MultipleChoiceField, lambda _, value: isinstance(value, list)),
    (serializers.ChoiceField, _chosen),
    (serializers.CharField, lambda _, value: isinstance(value, str)),
)
"""The first that a field is."""


class Nothing(Body):
    """An empty object."""


class Plain(serializers.Serializer):  # type: ignore[type-arg]
    """What is told of something; `?fields=id,title` leaves out the others."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        told = super().to_representation(instance)
        wanted = self.context.get("fields") if self._is_outermost else None
        return {name: told[name] for name in told if name in wanted} if wanted else told

    @property
    def _is_outermost(self) -> bool:
        above = self.parent
        return above is None or (
            isinstance(above, serializers.ListSerializer) and above.parent is None
        )


class Shape(Plain, serializers.ModelSerializer):  # type: ignore[type-arg]
    """What is told of a row."""


def wanted_fields(asked: str | None, shape: type[Plain]) -> frozenset[str]:
    """Raises ValidationError for a name that the shape does not have."""
    names = frozenset(asked.split(",") if asked else ())
    if unknown := sorted(names - set(shape().fields)):
        raise serializers.ValidationError({"fields": [f"There is no field “{unknown[0]}”."]})
    return names
