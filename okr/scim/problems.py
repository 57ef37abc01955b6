"""Refusals as SCIM tells them (RFC 7644 §3.12)."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from pydantic import ValidationError
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback
from scim2_models import Error, SCIMException

from okr.api.problems import headers_of, known_as

MEDIA_TYPE = "application/scim+json"
TAKEN = "uniqueness"


class Refused(exceptions.APIException):
    """`kind` is a keyword of RFC 7644 §3.12, where one fits."""

    def __init__(self, status: HTTPStatus, sentence: str, kind: str | None = None) -> None:
        super().__init__(sentence)
        self.status_code = status
        self.kind = kind


def of_form(form: BaseForm, names: dict[str, str]) -> Refused:
    """What the form says, under SCIM's names; a name or address that is taken is a conflict."""
    taken = any(
        error.code == TAKEN for errors in form.errors.as_data().values() for error in errors
    )
    sentences = [
        f"{names[field]}: {message}" if field in names else str(message)
        for field, messages in form.errors.items()
        for message in messages
    ]
    status = HTTPStatus.CONFLICT if taken else HTTPStatus.BAD_REQUEST
    return Refused(status, " ".join(sentences), TAKEN if taken else "invalidValue")


def answer(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001
    """Django REST framework's handler of exceptions, for the addresses of SCIM."""
    headers: dict[str, str] = {}
    match error:
        case SCIMException():
            told = error.to_error()
        case ValidationError():
            told = Error.from_validation_errors(error)[0]
        case _:
            known = known_as(error)
            if known is None:
                return None
            kind = getattr(known, "kind", None)
            told = Error(status=known.status_code, scim_type=kind, detail=str(known.detail))
            headers = headers_of(known)
    set_rollback()
    return Response(told.model_dump(), told.status, content_type=MEDIA_TYPE, headers=headers)
