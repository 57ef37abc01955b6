"""A parsed query in the shape in which Jira's `jql/parse` returns it."""

from typing import Any

from jira_sandbox.jql.tree import (
    Both,
    Clause,
    Either,
    Empty,
    Function,
    Not,
    Operand,
    Query,
    Term,
    Value,
    Words,
)

Json = dict[str, Any]


def structure(query: Query) -> Json:
    body: Json = {}
    if query.where is not None:
        body["where"] = _clause(query.where)
    if query.order:
        body["orderBy"] = {
            "fields": [
                {
                    "field": {"name": sorting.field},
                    "direction": "desc" if sorting.descending else "asc",
                }
                for sorting in query.order
            ]
        }
    return body


def _clause(clause: Clause) -> Json:
    match clause:
        case Not(inner):
            return {"operator": "not", "clauses": [_clause(inner)]}
        case Both(clauses):
            return {"operator": "and", "clauses": [_clause(each) for each in clauses]}
        case Either(clauses):
            return {"operator": "or", "clauses": [_clause(each) for each in clauses]}
        case Words(words):
            return _term("text", "~", {"value": " ".join(words)})
        case Term(field, operator, operands) if operator in ("in", "not in"):
            return _term(field, operator, {"values": [_operand(each) for each in operands]})
        case Term(field, operator, operands):
            return _term(field, operator, _operand(operands[0]))


def _term(field: str, operator: str, operand: Json) -> Json:
    return {"field": {"name": field}, "operator": operator, "operand": operand}


def _operand(operand: Operand) -> Json:
    match operand:
        case Value(text):
            return {"value": text}
        case Function(name, arguments):
            return {"function": name, "arguments": list(arguments)}
        case Empty():
            return {"keyword": "empty"}
