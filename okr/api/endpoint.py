"""What every address of the API has in common."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from okr.access import NOT_YOURS, may_edit, with_rights
from okr.api.asking import Asked
from okr.api.confirmed import refuse_unconfirmed
from okr.api.pace import Pace
from okr.api.paging import Cursor
from okr.api.problems import FAULTY, Problem
from okr.api.shapes import Body, Plain, wanted_fields
from okr.api.signing_in import person_of

NO_SUCH = "There is none with this number, or it is not visible to you."


class Endpoint(APIView):
    """`shape` tells a row, `body` takes one, `asks` takes the question behind the address; what was
    asked is `self.asked`. `scopes` where reading and writing is not enough.

    `about` is the heading that it stands under; `lists` where it tells many rows; `summaries` by
    method where the usual words do not fit; `versioned` where a change needs If-Match, `heeding`
    where it is only heeded.
    """

    about = ""
    lists = versioned = heeding = False
    keyed = True
    """False where the answer tells a secret: it is not kept to be told again."""
    summaries: Mapping[str, str] = {}
    answers: Mapping[str, int] = {}
    """By method, where success is another status than usual."""
    sensitive: frozenset[str] = frozenset()
    """Methods that keep credentials: a session proves first that it is still the person."""
    asks: type[Asked] = Asked
    asked: Mapping[str, Any]
    shape: type[Plain]
    body: type[Body]
    pagination_class = Cursor

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in self.sensitive:
            refuse_unconfirmed(request)
        self.asked = self._asked()

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = unkept(super().finalize_response(request, response, *args, **kwargs))
        pace: Pace | None = getattr(request, "pace", None)
        if pace:
            pace.tell(finished)
        return finished

    def told(self, row: Any) -> dict[str, Any]:
        """A row as JSON, with as many fields as were asked for."""
        told: dict[str, Any] = self.shape(row, context=self._context()).data
        return told

    def listed(self, rows: QuerySet[Any], *, newest_first: bool = False) -> Response:
        pages = Cursor()
        pages.ordering = "-id" if newest_first else "id"
        narrowed = self.asks.narrowed(rows, self.asked)
        found = pages.paginate_queryset(narrowed, self.request, self)
        told = self.shape(self.drawn(found), many=True, context=self._context()).data
        return pages.get_paginated_response(told)

    def drawn(self, rows: Any) -> Any:
        """What is told of the rows of a page."""
        return rows

    def taken(self, *, partial: bool = False) -> dict[str, Any]:
        """What was sent, by name; raises ValidationError where it does not fit."""
        body = self.body(data=self.request.data, partial=partial)
        body.is_valid(raise_exception=True)
        values: dict[str, Any] = body.validated_data
        return values

    def visible(self, rows: Any, pk: int) -> Any:
        """The row, or 404 as if it did not exist."""
        person = person_of(self.request)
        return get_object_or_404(with_rights(rows.visible_to(person), person), pk=pk)

    def named(self, rows: Any, number: int, field: str) -> Any:
        """The row that a body names, to change something in it: unseen, the field is refused."""
        try:
            return self.editable(rows, number)
        except Http404:
            fault = {"field": field, "message": NO_SUCH}
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, [fault]) from None

    def editable(self, rows: Any, pk: int) -> Any:
        """The row to change: unseen is 404, seen but refused is 403."""
        found = self.visible(rows, pk)
        if not may_edit(person_of(self.request), found):
            self.permission_denied(self.request, NOT_YOURS)
        return found

    def _asked(self) -> dict[str, Any]:
        if not hasattr(self, str(self.request.method).lower()):
            return {}  # a method that is refused for itself
        asks = self.asks if self.request.method in SAFE_METHODS else Asked
        asked = asks(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        values: dict[str, Any] = asked.validated_data
        wanted = wanted_fields(values.get("fields"), getattr(self, "shape", Plain))
        return values | {"fields": wanted}

    def _context(self) -> dict[str, Any]:
        return {"request": self.request, "fields": self.asked["fields"]}


def unkept(response: Any) -> Any:
    """No cache on the way keeps what one caller was told."""
    patch_cache_control(response, private=True, no_store=True)
    return response
