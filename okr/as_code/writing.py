"""Rows as the text of a file: always in one order, and only what is not usual.

The same rows make the same bytes, so that two files can be compared line by line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from okr.as_code.document import VERSION, Document, Row
from okr.as_code.fields import CYCLE, KEY_RESULT, MILESTONE, OBJECTIVE, Field, Step, Values
from okr.as_code.parts import Part
from okr.models import Level

HEADING = """\
# Cycles, objectives and key results. What is left out has its usual value.
# Progress and check-ins are not in this file: they are the record, not the plan.
"""
MOST_COLUMNS = 1_000_000
"""A sentence stays in its line, however long."""


class Plain(str):
    """Written without quotes: numbers and dates."""

    __slots__ = ()


class Writer(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Lists stand further in than their name."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _plain(writer: yaml.SafeDumper, text: Plain) -> yaml.ScalarNode:
    resolve: Any = writer.resolve
    tag = resolve(yaml.ScalarNode, str(text), (True, False))
    return writer.represent_scalar(tag, str(text))


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style)


Writer.add_representer(Plain, _plain)
Writer.add_representer(str, _text)


def written(document: Document, parts: Iterable[Part]) -> str:
    by_name = {part.name: part for part in parts}
    cycles = {key: _told(row.values, CYCLE) for key, row in document.cycles.items()}
    objectives = {key: _objective(row, by_name) for key, row in document.objectives.items()}
    sections = {"cycles": cycles, "objectives": objectives}
    told = [f"\n{name}:\n{_section(rows)}" for name, rows in sections.items() if rows]
    return f"{HEADING}version: {VERSION}\n{''.join(told)}"


def _section(rows: Mapping[str, Any]) -> str:
    """An empty line between one row and the next."""
    return "\n".join(_indented(_dumped({key: row})) for key, row in rows.items())


def _dumped(value: Any) -> str:
    options: Any = {"sort_keys": False, "allow_unicode": True, "width": MOST_COLUMNS}
    return str(yaml.dump(value, Dumper=Writer, default_flow_style=False, **options))


def _indented(text: str) -> str:
    return re.sub("^(?=[^\n])", "  ", text, flags=re.MULTILINE)


def _objective(row: Row, parts: Mapping[str, Part]) -> Any:
    values, usual = dict(row.values), Level.UNIT if row.values["unit"] else Level.INDIVIDUAL
    if values["level"] == usual:
        values["level"] = ""
    if values["moves"]:
        values["parent"] = ""
    told = _told(values, OBJECTIVE)
    if row.key_results:
        told["key_results"] = {
            key: _key_result(each, parts) for key, each in row.key_results.items()
        }
    return told


def _key_result(row: Row, parts: Mapping[str, Part]) -> Any:
    values = dict(row.values)
    if row.above and values["owner"] == row.above.values["owner"]:
        values["owner"] = ""
    told = _told(values, KEY_RESULT)
    added = {name: part.dumped(values[name]) for name, part in parts.items() if name in values}
    return told | added


def _told(values: Values, fields: Mapping[str, Field]) -> Any:
    return {
        name: _value(values[name], field)
        for name, field in fields.items()
        if name in values and values[name] != field.usual
    }


def _value(value: Any, field: Field) -> Any:
    if isinstance(value, tuple):
        return list(_values(value))
    return Plain(value) if field.plain else value


def _values(value: tuple[Any, ...]) -> Iterator[Any]:
    for each in value:
        if isinstance(each, Step):
            said = {"title": each.title, "due_on": each.due_on, "weight": each.weight}
            yield _told(said, MILESTONE)
        else:
            yield each
