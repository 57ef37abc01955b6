"""What words or an address find in Confluence, as the dialog shows it while somebody types."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from confluence.api.base import OfPeople
from confluence.finding import find
from okr.api.asking import Asked
from okr.api.shapes import Plain
from okr.models import CheckIn, KeyResult


class AskedOfWords(Asked):
    words = serializers.CharField(
        required=False, max_length=2_000, help_text="Without any, the pages that were edited last."
    )


class FoundPageShape(serializers.Serializer):  # type: ignore[type-arg]
    page = serializers.IntegerField(source="id")
    title = serializers.CharField()
    space_key = serializers.CharField()
    space_name = serializers.CharField()
    edited_at = serializers.DateTimeField(allow_null=True)


class FoundPagesShape(Plain):
    """What the connected account may see. `fault` says why Confluence told nothing, and is empty
    where it did."""

    pages: Any = FoundPageShape(many=True)
    fault = serializers.CharField()


class Search(OfPeople):
    shape, asks = FoundPagesShape, AskedOfWords
    summaries = {"GET": "Search Confluence for a page to attach to a key result"}

    def tell(self, key_result: KeyResult, check_in: CheckIn | None) -> Response:
        connection = self.attachable(key_result, check_in)
        return Response(self.told(find(connection, self.asked.get("words", "").strip())))


class ForKeyResult(Search):
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.tell(*self.of_key_result(pk))


class ForCheckIn(Search):
    summaries = {"GET": "Search Confluence for a page to attach to a check-in"}

    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        return self.tell(*self.of_check_in(pk))


addresses = [
    path("key-results/<int:pk>/confluence/search/", ForKeyResult.as_view(), name="search"),
    path("check-ins/<int:pk>/confluence/search/", ForCheckIn.as_view(), name="check_in_search"),
]
