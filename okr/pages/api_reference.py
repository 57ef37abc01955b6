"""The API for readers, worked out from its own description: what each operation takes and tells."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from http import HTTPStatus
from itertools import groupby
from typing import Any

from okr.api.description import description
from okr.pages.api_fields import Field, example_of, fields_of, resolved, row_of

JSON = "application/json"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """`about` is what is said of all its fields together."""

    label: str
    fields: list[Field]
    about: str = ""


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    told: Told
    parts: Told

    @property
    def summary(self) -> str:
        return str(self.told["summary"])

    @property
    def group(self) -> str:
        return str(self.told["tags"][0])

    @property
    def scope(self) -> str:
        return str(next(each["token"] for each in self.told["security"] if "token" in each)[0])

    @cached_property
    def asked(self) -> list[Part]:
        """What it takes, by where that stands."""
        rows = self.told.get("parameters", [])
        places = {
            "In the address": "path",
            "Behind the question mark": "query",
            "Headers": "header",
        }
        found = [
            Part(
                label,
                [Field.of_parameter(each, self.parts) for each in rows if each["in"] == place],
            )
            for label, place in places.items()
        ]
        found.append(self._part("Body", self._body))
        return [part for part in found if part.fields]

    @cached_property
    def answer(self) -> Part:
        code, told = self._success
        label = f"Answer: {code} {HTTPStatus(int(code)).phrase}"
        return self._part(label, self._schema_of(told))

    def _part(self, label: str, schema: Told) -> Part:
        row = row_of(schema, self.parts)
        return Part(label, fields_of(row, self.parts), str(row.get("description", "")))

    @cached_property
    def refusals(self) -> list[tuple[str, str]]:
        codes = sorted(code for code in self.told["responses"] if code >= "400")
        return [(code, HTTPStatus(int(code)).phrase) for code in codes]

    @cached_property
    def body_example(self) -> str:
        if not self._body:
            return ""
        return json.dumps(example_of(self._body, self.parts), indent=2, ensure_ascii=False)

    def curl(self, address: str) -> str:
        """As one would type it, with the token in a variable."""
        path = self.path.replace("{", "").replace("}", "")
        lines = [f"curl -X {self.method.upper()} {address}{path}"]
        lines.append('-H "Authorization: Bearer $TOKEN"')
        if any(each["name"] == "If-Match" and each.get("required") for each in self._headers):
            lines.append("-H 'If-Match: \"3\"'")
        if self.body_example:
            lines += [f"-H 'Content-Type: {JSON}'", f"-d '{self.body_example}'"]
        return " \\\n  ".join(lines)

    def holds(self, words: list[str]) -> bool:
        text = f"{self.method} {self.path} {self.summary} {self.group} {self._names}".casefold()
        return all(word in text for word in words)

    @cached_property
    def _names(self) -> str:
        return " ".join(field.name for part in self.asked for field in part.fields)

    @property
    def _headers(self) -> list[Told]:
        return [each for each in self.told.get("parameters", []) if each["in"] == "header"]

    @property
    def _success(self) -> tuple[str, Told]:
        return next((code, each) for code, each in self.told["responses"].items() if code < "300")

    @property
    def _body(self) -> Told:
        return self._schema_of(self.told.get("requestBody", {}))

    def _schema_of(self, told: Told) -> Told:
        return resolved(told.get("content", {}).get(JSON, {}).get("schema", {}), self.parts)


@cache
def operations() -> tuple[Operation, ...]:
    """Those that this installation has; they change only with the version."""
    told = description()
    parts = told["components"]["schemas"]
    return tuple(
        Operation(each["operationId"], method, path, each, parts)
        for path, methods in told["paths"].items()
        for method, each in methods.items()
    )


def operation(name: str) -> Operation | None:
    return next((each for each in operations() if each.name == name), None)


def found(query: str) -> list[tuple[str, list[Operation]]]:
    """Those that hold each of the words, under their headings."""
    words = query.casefold().split()
    fitting = [each for each in operations() if each.holds(words)]
    order = list(dict.fromkeys(each.group for each in operations()))
    fitting.sort(key=lambda each: order.index(each.group))
    return [(group, list(rows)) for group, rows in groupby(fitting, lambda each: each.group)]
