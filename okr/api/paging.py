"""Lists by cursors: a row that comes or goes meanwhile is neither told twice nor left out."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from okr.api.problems import FAULTY, Problem

USUAL, MOST = 25, 100
NOT_OURS = "Take it from the `next` or `previous` of a page."


class Cursor(CursorPagination):
    page_size, max_page_size = USUAL, MOST
    page_size_query_param = "limit"
    ordering = "id"

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        """Somebody may have written the cursor themselves."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, ValidationError):
            fault = {"field": "cursor", "message": NOT_OURS}
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, FAULTY, [fault]) from None
