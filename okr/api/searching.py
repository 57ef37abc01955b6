"""The search of the frame: the best of each kind of thing that holds the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okr import slots
from okr.api.asking import Asked
from okr.api.endpoint import Endpoint
from okr.api.paging import MOST
from okr.api.shapes import Plain
from okr.api.signing_in import person_of
from okr.pages.search import HITS_A_GROUP, KINDS, Group, Search, grouped

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    query: str
    groups: Sequence[Group]


class HitShape(serializers.Serializer):  # type: ignore[type-arg]
    """`note` tells where it is; `closed` whether it can change no more."""

    id = serializers.IntegerField(source="pk", allow_null=True)
    title = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    closed = serializers.BooleanField()
    url = serializers.SerializerMethodField()

    def get_url(self, hit: slots.Hit) -> str:
        url: str = self.context["request"].build_absolute_uri(hit.url)
        return url


class GroupShape(serializers.Serializer):  # type: ignore[type-arg]
    """`kind` is empty for what an integration found, `more` whether there are others; what is only
    near holds the words elsewhere than in its title, as in the name of its owner."""

    kind = serializers.ChoiceField(["", *KINDS])
    name = serializers.CharField()
    more = serializers.BooleanField()
    near = serializers.BooleanField(source="is_near")
    hits: Any = HitShape(many=True)


class SearchShape(Plain):
    """The best of each kind; those without any are left out."""

    query = serializers.CharField()
    groups: Any = GroupShape(many=True)


class AskedOfSearch(Asked):
    q = serializers.CharField(
        required=False, max_length=LONGEST, help_text="What holds each of these words."
    )
    kind = serializers.ChoiceField(list(KINDS), required=False, help_text="All unless told.")
    most = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, help_text=f"Of a kind: {HITS_A_GROUP}."
    )


class Searching(Endpoint):
    about, shape, asks = "Search", SearchShape, AskedOfSearch
    summaries: Mapping[str, str] = {
        "GET": "Find objectives, key results, people and units that you may see"
    }

    def get(self, request: Request) -> Response:
        query = self.asked.get("q", "")
        search = Search(person_of(request), query, timezone.localdate())
        return Response(self.told(Found(query, self._groups(search) if query else [])))

    def _groups(self, search: Search) -> list[Group]:
        kind, most = self.asked.get("kind", ""), self.asked.get("most", HITS_A_GROUP)
        found = search.groups(most, kind)
        if kind:
            return found
        return [*found, *grouped(slots.search_hits(self.request, search.words), most)]


addresses = [path("search/", Searching.as_view(), name="search")]
