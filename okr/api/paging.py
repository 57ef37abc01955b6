"""Lists by cursors: a row that comes or goes meanwhile is neither told twice nor left out."""

from rest_framework.pagination import CursorPagination

USUAL, MOST = 25, 100


class Cursor(CursorPagination):
    page_size, max_page_size = USUAL, MOST
    page_size_query_param = "limit"
    ordering = "id"
