"""The fields of the API's bodies, answers and questions in words, and what one could send."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Told = Mapping[str, Any]
MANY, CHOSEN = "results", "names of the answer’s fields"
EXAMPLES = {
    "date": "2026-10-01",
    "date-time": "2026-10-01T09:00:00Z",
    "email": "new.person@example.com",
    "uri": "https://example.com/",
    "decimal": "1.00",
}


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    about: str
    required: bool = False

    @classmethod
    def of_parameter(cls, told: Told, parts: Told) -> "Field":
        kind = CHOSEN if told["name"] == "fields" else kind_of(told["schema"], parts)
        return cls(told["name"], kind, told.get("description", ""), told.get("required", False))


def resolved(schema: Told, parts: Told) -> Told:
    """What a reference leads to."""
    if "$ref" in schema:
        return dict(parts[schema["$ref"].rpartition("/")[2]])
    if len(schema.get("allOf", ())) == 1:
        return resolved(schema["allOf"][0], parts)
    return schema


def row_of(schema: Told, parts: Told) -> Told:
    """Of a list each row."""
    whole = resolved(schema, parts)
    told = whole.get("properties", {})
    return resolved(told[MANY]["items"], parts) if MANY in told and "next" in told else whole


def fields_of(row: Told, parts: Told) -> list[Field]:
    needed = row.get("required", ())
    return [
        Field(name, kind_of(each, parts), str(each.get("description", "")), name in needed)
        for name, each in row.get("properties", {}).items()
    ]


def kind_of(schema: Told, parts: Told) -> str:
    told = resolved(schema, parts)
    if choices := [each for each in told.get("enum", ()) if each not in ("", None)]:
        return "one of " + ", ".join(map(str, choices))
    if sides := told.get("oneOf") or told.get("anyOf"):
        return " or ".join(dict.fromkeys(kind_of(each, parts) for each in sides))
    kinds = told.get("type", "object")
    words = [_word(kind, told, parts) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return " or ".join(words)


def example_of(schema: Told, parts: Told) -> Any:
    """All that is required; where nothing is, the first two fields."""
    told = resolved(schema, parts)
    if "default" in told:
        return told["default"]
    if choices := told.get("enum"):
        return choices[0]
    kinds = told.get("type", "object")
    match kinds if isinstance(kinds, str) else kinds[0]:
        case "integer":
            return max(1, int(told.get("minimum", 1)))
        case "number" | "boolean" as kind:
            return kind == "boolean" or 1
        case "array":
            return [example_of(told["items"], parts)]
        case "string":
            return EXAMPLES.get(told.get("format", ""), "1" if "number" in kinds else "…")
    names = told.get("required") or list(told.get("properties", {}))[:2]
    return {name: example_of(told["properties"][name], parts) for name in names}


def _word(kind: str, told: Told, parts: Told) -> str:
    match kind:
        case "array":
            return f"list of {kind_of(told['items'], parts)}"
        case "object":
            names = ", ".join(told.get("properties", {}))
            return f"object with {names}" if names else "object"
        case "string" if "maxLength" in told:
            return f"string of up to {told['maxLength']}"
        case "string" if "format" in told:
            return str(told["format"])
    return kind
