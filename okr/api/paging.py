"""Lists by cursors: a row that comes or goes meanwhile is neither told twice nor left out."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination

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
        except (NotFound, ValueError, DjangoValidationError):
            raise ValidationError({"cursor": [NOT_OURS]}) from None
