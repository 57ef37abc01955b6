"""What every address of the API has in common."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from okr.access import NOT_YOURS, may_edit, with_rights
from okr.api.asking import Asked
from okr.api.pace import Pace
from okr.api.paging import Cursor
from okr.api.shapes import Body, Plain, wanted_fields
from okr.api.signing_in import person_of


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
    asks: type[Asked] = Asked
    asked: Mapping[str, Any]
    shape: type[Plain]
    body: type[Body]
    pagination_class = Cursor

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = self._asked()

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = super().finalize_response(request, response, *args, **kwargs)
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
        told = self.shape(found, many=True, context=self._context()).data
        return pages.get_paginated_response(told)

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

    def editable(self, rows: Any, pk: int) -> Any:
        """The row to change: unseen is 404, seen but refused is 403."""
        found = self.visible(rows, pk)
        if not may_edit(person_of(self.request), found):
            self.permission_denied(self.request, NOT_YOURS)
        return found

    def _asked(self) -> dict[str, Any]:
        asks = self.asks if self.request.method in SAFE_METHODS else Asked
        asked = asks(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        values: dict[str, Any] = asked.validated_data
        return values

    def _context(self) -> dict[str, Any]:
        return {
            "request": self.request,
            "fields": wanted_fields(self.asked.get("fields"), self.shape),
        }
