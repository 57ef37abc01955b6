"""What no script should send to the API, worked out from what its description promises to take."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from okr.api.description import description

JSON, UNKNOWN = "application/json", "nothing_is_called_this"
LARGE = 500_000
"""What is longer is too much for a request as a whole."""
WRONG: dict[str, list[Any]] = {
    "string": [5, True, [], {}, "bad\x00bad"],
    "integer": ["1", 1.5, True, [], {}],
    "number": ["many", True, [], {}, float(10**40)],
    "boolean": ["true", 1, [], {}],
    "array": ["x", 1, {"0": 1}],
    "object": ["x", 1, []],
}
NO_JSON = {
    "no JSON": b"{]",
    "another encoding": '{"title": "Ä"}'.encode("latin-1"),
    "half a character": rb'{"title": "\ud800"}',
    "no number": b'{"weight": NaN}',
    "too deep": b"[" * 100_000,
    "a name twice": b'{"title": "a", "title": "b"}',
}
NO_OBJECTS = {"a list": b"[]", "a word": b'"word"', "a number": b"4", "null": b"null"}


@dataclass(frozen=True)
class Operation:
    """`told` is what the description says of it."""

    path: str
    method: str
    told: dict[str, Any]

    @cached_property
    def asked(self) -> dict[str, dict[str, Any]]:
        """The headers and the questions that it takes."""
        return {each["name"]: each for each in self.told.get("parameters", [])}

    @cached_property
    def body(self) -> dict[str, Any] | None:
        kinds = self.told.get("requestBody", {}).get("content", {})
        return resolved(kinds[JSON]["schema"]) if JSON in kinds else None

    def bad_values(self) -> Iterator[tuple[str, Any]]:
        """Each field of the body with each value that it cannot have."""
        for name, told in (self.body or {}).get("properties", {}).items():
            schema = resolved(told)
            kinds = kinds_of(schema)
            for value in bad_for(kinds):
                yield name, value
            if schema.get("maxLength", LARGE) < LARGE and "string" in kinds:
                yield name, "x" * (schema["maxLength"] + 1)
            if "enum" in schema:
                yield name, "nothing-of-this"
            if "minimum" in schema and "integer" in kinds:
                yield name, schema["minimum"] - 1


def operations(url: str) -> list[Operation]:
    """What the description has at this address."""
    paths = description()["paths"]
    fitting = [path for path in paths if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), url)]
    path = min(fitting, key=lambda each: each.count("{"))
    return [Operation(path, method, told) for method, told in paths[path].items()]


def kinds_of(schema: dict[str, Any]) -> set[str]:
    """The types of JSON that fit; empty where it is not said."""
    found: set[str] = set()
    for each in [schema, *schema.get("oneOf", []), *schema.get("anyOf", [])]:
        told = resolved(each).get("type", [])
        found |= {told} if isinstance(told, str) else set(told)
    return found


def bad_for(kinds: set[str]) -> list[Any]:
    """What is wrong for each of the types that fit."""
    known = [WRONG[kind] for kind in sorted(kinds & WRONG.keys())]
    rest = known[0] if known else []
    return [value for value in rest if all(_among(value, wrong) for wrong in known)]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        found: dict[str, Any] = description()["components"]["schemas"][name]
        return found
    if list(schema.get("allOf", [])) and len(schema["allOf"]) == 1:
        return resolved(schema["allOf"][0])
    return schema


def _among(value: Any, values: list[Any]) -> bool:
    return any(type(each) is type(value) and each == value for each in values)
