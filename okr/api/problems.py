"""Errors as problem details (RFC 9457): a sentence, and the field that it is about."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.forms import BaseForm
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"
NOT_THERE = "There is nothing at this address, or it is not visible to you."
REFUSED = "You may not do this."
FAULTY = "Some fields cannot be taken as they are."
TOO_BIG = "This is more than one request may hold."
CHANGED = "It was changed since you read it. Read it again, then decide."
Faults = list[dict[str, Any]]


class Problem(exceptions.APIException):
    """A refusal with its own status; `faults` name fields by their way in the body."""

    def __init__(self, status: HTTPStatus, sentence: str, faults: Faults | None = None) -> None:
        super().__init__(sentence)
        self.status_code = status
        self.faults = faults or []


def of_form(form: BaseForm, names: dict[str, str] | None = None) -> Problem:
    """What a form says of each field, under the name that the body has for it; a conflict where
    somebody saved since."""
    told = names or {}
    if getattr(form, "comparison", None):
        return Problem(HTTPStatus.CONFLICT, CHANGED)
    faults = [
        {"field": told.get(name, name) if name != "__all__" else "", "message": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, faults)


def fault(field: str, sentence: str) -> Problem:
    """One field that cannot be taken, where no form says so."""
    told = [{"field": field, "message": sentence}]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, told)


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's handler of exceptions; what it does not know is a breakdown."""
    known = _known(error)
    if known is None:
        return None
    set_rollback()
    status = HTTPStatus(known.status_code)
    faults = known.faults if isinstance(known, Problem) else _faults_of(known)
    body = _body(context["request"], status, _sentence(known), faults)
    return Response(body, status, content_type=MEDIA_TYPE, headers=_headers(known))


def concerns(request: HttpRequest) -> bool:
    """Whether a script asked, so that it is told as a problem whatever went wrong."""
    return request.path_info.startswith("/api/")


def outside(request: HttpRequest, status: HTTPStatus, sentence: str) -> JsonResponse:
    """Where no view of the API came to answer."""
    body = _body(request, status, sentence, [])
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def _body(request: Any, status: HTTPStatus, sentence: str, faults: Faults) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": sentence,
    }
    if faults:
        told["errors"] = faults
    if number := getattr(request, "request_id", ""):
        told["request"] = number
    return told


def _known(error: Exception) -> exceptions.APIException | None:
    match error:
        case exceptions.APIException():
            return error
        case Http404():
            return exceptions.NotFound(NOT_THERE)
        case RequestDataTooBig():
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_BIG)
        case PermissionDenied():
            return exceptions.PermissionDenied(str(error) or REFUSED)
    return None


def _sentence(known: exceptions.APIException) -> str:
    return str(known.detail) if isinstance(known.detail, str) else FAULTY


def _faults_of(known: exceptions.APIException) -> Faults:
    return [] if isinstance(known.detail, str) else _faults(known.detail)


def _faults(detail: Any, way: str = "") -> Faults:
    """A nested structure of messages, as a list of the fields' ways: `supports.0`."""
    if isinstance(detail, str):
        return [{"field": way, "message": str(detail)}]
    if isinstance(detail, dict):
        parts = list(detail.items())
    else:
        parts = [("" if isinstance(each, str) else str(at), each) for at, each in enumerate(detail)]
    found: Faults = []
    for name, each in parts:
        here = "" if name == "non_field_errors" else str(name)
        found += _faults(each, ".".join(filter(None, [way, here])))
    return found


def _headers(known: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(known, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers
