"""How JSON is told and taken: what a body does not know is refused, not passed over."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

NOT_KNOWN = "There is no such field here."
NO_OBJECT = "Send a JSON object."


class Body(serializers.Serializer):  # type: ignore[type-arg]
    """What somebody sends. In a PATCH it holds only what was sent."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"non_field_errors": [NO_OBJECT]})
        if unknown := sorted(map(str, data.keys() - self.fields.keys())):
            raise serializers.ValidationError({name: [NOT_KNOWN] for name in unknown})
        return super().to_internal_value(data)


class Nothing(Body):
    """Of a deed that needs no words."""


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
    names = frozenset(filter(None, (asked or "").replace(" ", "").split(",")))
    if unknown := sorted(names - set(shape().fields)):
        raise serializers.ValidationError({"fields": [f"There is no field {unknown[0]}."]})
    return names
