"""How Confluence says no: version 2 of its API, version 1, and Data Center's version 1."""

import re
from collections.abc import Callable
from http import HTTPStatus

from jira_sandbox.messages import Json, RefusedError, Response, json_response

CLOUD = re.compile(r"(?:/ex/confluence/[^/]+)?/wiki/(?P<version>api/v2|rest)/.*")
ON_PREMISE = "/confluence/rest/"
Tell = Callable[[RefusedError], Response]

CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    429: "TOO_MANY_REQUESTS",
}


class BadParameterError(RefusedError):
    """What stands in the address is not what it should be."""

    def __init__(self, value: str, name: str, kind: str) -> None:
        words = f"Provided value {{{value}}} for '{name}' is not the correct type."
        super().__init__(400, f"{words} Expected type is {kind}.", code="INVALID_REQUEST_PARAMETER")


def second_version(refused: RefusedError) -> Response:
    """Atlassian, Confluence Cloud REST API v2: a list of errors, each with its code."""
    code = refused.errors.get("code") or CODES.get(refused.status, "ERROR")
    rows = [
        {"status": refused.status, "code": code, "title": message, "detail": None}
        for message in refused.messages
    ]
    return json_response({"errors": rows}, refused.status)


def first_version(refused: RefusedError) -> Response:
    return json_response(_first(refused), refused.status)


def on_premise(refused: RefusedError) -> Response:
    body = _first(refused)
    body["data"]["allowedInReadOnlyMode"] = True
    return json_response(body | {"reason": HTTPStatus(refused.status).phrase}, refused.status)


def _first(refused: RefusedError) -> Json:
    told: Json = {"authorized": False, "valid": True, "errors": [], "successful": False}
    return {"statusCode": refused.status, "data": told, "message": " ".join(refused.messages)}


def told_by_confluence(path: str) -> Tell | None:
    """How an API of Confluence at this path says no; None where there is none."""
    if cloud := CLOUD.fullmatch(path):
        return first_version if cloud["version"] == "rest" else second_version
    return on_premise if path.startswith(ON_PREMISE) else None
