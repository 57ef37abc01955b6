"""Who changes something says which version they read: nobody overwrites what they never saw."""

from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.problems import CHANGED, Problem

SAY_WHICH = "Say in If-Match which version you change: the ETag with which you read it."


@dataclass(frozen=True, slots=True)
class Edition:
    """Of what has no number of its own: the same as long as all that is told stays the same."""

    version: str

    @classmethod
    def of(cls, *told: object) -> "Edition":
        return cls(sha256(repr(told).encode()).hexdigest()[:16])


def tag_of(row: Any) -> str:
    return f'"{row.version}"'


def tagged(response: Response, row: Any) -> Response:
    response["ETag"] = tag_of(row)
    return response


def require_match(request: Request, row: Any) -> None:
    """Raises a Problem: 428 where nothing is said, 412 where something else stands there now."""
    if not request.headers.get("If-Match", "").strip():
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, SAY_WHICH)
    match_if_told(request, row)


def match_if_told(request: Request, row: Any) -> None:
    told = request.headers.get("If-Match", "*").strip()
    if told != "*" and tag_of(row) not in {each.strip() for each in told.split(",")}:
        raise Problem(HTTPStatus.PRECONDITION_FAILED, CHANGED)
